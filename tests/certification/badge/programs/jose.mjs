// jose verifies tokens by the keys of our DID document, or of our JWK set.
import { given } from "./alone.mjs";
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, importJWK, jwtVerify } from "jose";

const { tokens, did, jwks } = await given();
const results = [];
for (const token of tokens) {
  try {
    const { kid } = decodeProtectedHeader(token);
    const method = did.verificationMethod.find((one) => one.id === kid && did.assertionMethod.includes(kid));
    if (!method) throw Object.assign(new Error(kid), { code: "NO_SUCH_KEY" });
    const key = await importJWK(method.publicKeyJwk, "EdDSA");
    const { payload } = await jwtVerify(token, key, { issuer: did.id, algorithms: ["EdDSA"] });
    const [header, ...rest] = token.split(".");
    const named = { ...JSON.parse(Buffer.from(header, "base64url")), kid: kid.split("#")[1] };
    const set = createLocalJWKSet(jwks);
    const found = await set(named, { header: named });
    await compactVerify(token, found, { algorithms: ["EdDSA"] });
    results.push({ code: "good", id: payload.id, parts: rest.length + 1 });
  } catch (error) {
    results.push({ code: error.code ?? String(error) });
  }
}
console.log(JSON.stringify(results));
