import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import type { ConnectorFaultCode } from "./schema-connector";

/** Why a connected system gave nothing. */
export class ConnectorFault extends Error {
  override readonly name = "ConnectorFault";
  readonly code: ConnectorFaultCode;

  constructor(code: ConnectorFaultCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/**
 * Where no system of a merchant lives: the cloud's metadata services (link-local), "any" and multicast. The merchant's own
 * network is allowed, because that is where their systems are; only admins can connect anything.
 */
const forbidden = new BlockList();
forbidden.addSubnet("0.0.0.0", 8, "ipv4");
forbidden.addSubnet("169.254.0.0", 16, "ipv4");
forbidden.addSubnet("224.0.0.0", 3, "ipv4");
forbidden.addAddress("100.100.100.200", "ipv4");
forbidden.addAddress("::", "ipv6");
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addSubnet("ff00::", 8, "ipv6");
forbidden.addAddress("fd00:ec2::254", "ipv6");

const BYTES_MAX = 1_000_000;

export function isForbiddenAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return forbidden.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
}

/** True for an http(s) address without a name and password in it. */
export function isConnectable(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
}

/**
 * `fetch` for addresses that an admin typed: looks where the name leads before asking, follows no redirect, and reads at
 * most a megabyte (`tooMuch` hears of it, since readers of streams may only wait on). A name that leads elsewhere between look and question is not noticed.
 */
export async function limitedFetch(
  target: string | URL,
  init?: RequestInit,
  tooMuch: (fault: ConnectorFault) => void = () => undefined,
): Promise<Response> {
  const url = new URL(target);
  if (!isConnectable(url.href)) {
    throw new ConnectorFault("forbidden_address");
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = await lookup(host, { all: true }).catch((cause: unknown) => {
    throw new ConnectorFault("unreachable", { cause });
  });
  if (found.some(({ address }) => isForbiddenAddress(address))) {
    throw new ConnectorFault("forbidden_address");
  }
  const response = await fetch(url, { ...init, redirect: "manual" });
  if (response.status >= 300 && response.status < 400) {
    throw new ConnectorFault("forbidden_address");
  }
  if (response.status === 401 || response.status === 403) {
    throw new ConnectorFault("refused");
  }
  if (response.status >= 500) {
    throw new ConnectorFault("unreachable");
  }
  return cutOff(response, tooMuch);
}

function cutOff(response: Response, tooMuch: (fault: ConnectorFault) => void): Response {
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.length;
      if (bytes > BYTES_MAX) {
        const fault = new ConnectorFault("oversized");
        tooMuch(fault);
        controller.error(fault);
      } else {
        controller.enqueue(piece);
      }
    },
  });
  const { status, statusText, headers } = response;
  const isEmpty = [101, 204, 205, 304].includes(status);
  const body = isEmpty ? null : (response.body?.pipeThrough(limit) ?? null);
  return new Response(body, { status, statusText, headers });
}
