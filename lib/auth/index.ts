import "server-only";

/**
 * Who is calling, and may they. Only home of next-auth.
 *
 * A cookie says whom to look up and nothing else: state, role and session epoch are read on each request, so a
 * deactivated person or an ended session is refused at once.
 */
export {
  changePassword,
  confirmCustomer,
  confirmStaff,
  endOtherSessions,
  findAccount,
} from "./account";
export { noteAddresses } from "./address";
export {
  admitGuest,
  findCaller,
  findCustomerCaller,
  limitCaller,
  requireCustomer,
  requireGuest,
  requireStaff,
  watchCaller,
} from "./caller";
export { addPerson, resetPassword } from "./command";
export {
  acceptInvite,
  createFirstAdminInvite,
  findInvite,
  inviteStaff,
  listInvites,
  withdrawInvite,
} from "./invite";
export { requireMetricsReader } from "./metrics-reader";
export { authRoute, hasProvider, providerName, startProvider } from "./next-auth";
export { landing, safePath } from "./path";
export { limitRate } from "./rate";
export { findReader } from "./reader";
export type {
  Caller,
  CustomerCaller,
  InviteView,
  NewInvite,
  Role,
  StaffCaller,
  StaffMember,
} from "./schema";
export { register, signIn } from "./sign-in";
export { endSession, signOut } from "./sign-out";
export {
  changeRole,
  countOtherAdmins,
  deactivateStaff,
  listStaff,
  reactivateStaff,
} from "./staff";
