/** The same day of the next month, or that month's last day: how the law counts a month. */
export function addCalendarMonth(from: Date): Date {
  return addCalendarMonths(from, 1);
}

/** The same day so many months later, or that month's last day. Counted from the first day, so that 31 January and two months are 31 March. */
export function addCalendarMonths(from: Date, months: number): Date {
  const due = new Date(from);
  due.setUTCDate(1);
  due.setUTCMonth(due.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
  due.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return due;
}
