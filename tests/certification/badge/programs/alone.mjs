// No program under test may reach a network: whatever tries to open a connection fails.
import dns from "node:dns";
import net from "node:net";

function refuse() {
  throw new Error("A connection was tried.");
}

net.Socket.prototype.connect = refuse;
dns.lookup = refuse;
globalThis.fetch = refuse;

export async function given() {
  let text = "";
  for await (const part of process.stdin) text += part;
  return JSON.parse(text);
}
