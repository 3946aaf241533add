// @digitalcredentials/vc verifies badges with a Data Integrity proof. Contexts come with the packages; the DID
// document and the status list are given, and nothing else can be loaded.
import { given } from "./alone.mjs";
import { DataIntegrityProof } from "@digitalcredentials/data-integrity";
import { cryptosuite } from "@digitalcredentials/eddsa-rdfc-2022-cryptosuite";
import { securityLoader } from "@digitalcredentials/security-document-loader";
import { verifyCredential } from "@digitalcredentials/vc";
import { gunzipSync } from "node:zlib";

const { credentials, did, list } = await given();
const bundled = securityLoader({ fetchRemoteContexts: false });
const asked = [];

const MULTIKEY = "https://w3id.org/security/multikey/v1";

async function documentLoader(url) {
  asked.push(url);
  if (url === did.id) return { contextUrl: null, documentUrl: url, document: did };
  const method = did.verificationMethod.find((one) => one.id === url);
  if (method) return { contextUrl: null, documentUrl: url, document: { "@context": MULTIKEY, ...method } };
  if (url.startsWith("did:")) throw new Error(`There is no ${url}.`);
  return bundled.build()(url);
}

// The bit of the list that was given, read by the rules of the W3C: gzip, most significant bit first.
async function checkStatus({ credential }) {
  const { statusListCredential, statusListIndex } = credential.credentialStatus;
  const payload = JSON.parse(Buffer.from(list.split(".")[1], "base64url"));
  if (payload.id !== statusListCredential) return { verified: false, error: "another list" };
  const bits = gunzipSync(Buffer.from(payload.credentialSubject.encodedList.slice(1), "base64url"));
  const index = Number(statusListIndex);
  return { verified: !(bits[index >> 3] & (0x80 >> (index & 7))) };
}

const results = [];
for (const credential of credentials) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const found = await verifyCredential({ credential, suite, documentLoader, checkStatus });
  const errors = [found.error?.errors ?? found.error ?? []].flat().map((one) => one.message);
  results.push({ verified: found.verified, status: found.statusResult?.verified ?? null, errors });
}
console.log(JSON.stringify({ results, asked }));
