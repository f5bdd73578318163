/** "Customer 3f9a2c": what a customer is called where their name is not read. */
export function customerLabel(anonymizedUser: string): string {
  return `Customer ${anonymizedUser.slice(0, 6)}`;
}
