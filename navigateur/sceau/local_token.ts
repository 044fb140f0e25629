/** A token of the register's own authority (SPEC.md §9), verified whole: ECDSA P-256, SHA-256, one certificate under one root. */
import { type Node, child, children, generalizedTime, oid, readNode } from "./der";
import { type Bytes, concat, equal, fromBase64, fromHex } from "./encoding";
import { sha256 } from "./hash";
import { SHA256_OID, parseTimestamp, signedDataOf, statementOf } from "./timestamp";

const ECDSA_SHA256 = "1.2.840.10045.4.3.2";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const FIELD_BYTES = 32;
/** What no signature covers is as the local authority writes it: no byte of a token can change unseen. */
const VERSION_1 = fromHex("020101");
const VERSION_3 = fromHex("020103");
const SHA256_ALGORITHM = fromHex("300d06096086480165030402010500");

interface Certificate {
  der: Bytes;
  /** What its issuer signed. */
  signed: Bytes;
  issuer: Bytes;
  serial: Bytes;
  subject: Bytes;
  from: Date;
  to: Date;
  publicKey: Bytes;
  extensions: Node[];
  signature: Bytes;
}

/** The time that the token states of `digest`. Any doubt throws. Without roots, who issued it is not checked. */
export async function verifyLocalToken(der: Uint8Array, digest: Uint8Array, roots?: string): Promise<Date> {
  const { token, algorithm, imprint, time } = parseTimestamp(der);
  if (token.length !== der.length) throw new Error("not a bare token");
  if (algorithm !== SHA256_OID || !equal(imprint, digest)) throw new Error("the token stamps something else");
  const signedData = signedDataOf(der);
  const certificate = await checkSigner(signedData);
  checkUsage(certificate);
  if (roots !== undefined) await checkIssuer(certificate, readRoots(roots), time);
  return time;
}

/** The signature binds the attributes; the attributes bind the statement and the certificate. */
async function checkSigner(signedData: Node): Promise<Certificate> {
  const certificate = readCertificate(only(child(signedData, 3, 0xa0), 0x30));
  const signer = only(child(signedData, 4, 0x31), 0x30);
  checkEnvelope(signedData, signer, certificate);
  const attributes = child(signer, 3, 0xa0);
  const said = readAttributes(attributes);
  if (oid(attribute(said, CONTENT_TYPE)) !== TST_INFO) throw new Error("the token signs no timestamp");
  if (!equal(attribute(said, MESSAGE_DIGEST).body, await sha256(statementOf(signedData)))) throw new Error("the token was altered");
  await checkNamed(attribute(said, SIGNING_CERTIFICATE_V2), certificate);
  // The signature covers the attributes as a SET; on the wire they carry an implicit tag.
  const signed = concat(Uint8Array.of(0x31), attributes.raw.subarray(1));
  if (!(await verifyEcdsa(certificate.publicKey, child(signer, 5, 0x04).body, signed))) throw new Error("the signature of the token is wrong");
  return certificate;
}

/** RFC 5652, 5.1 and 5.3. */
function checkEnvelope(signedData: Node, signer: Node, { issuer, serial }: Certificate): void {
  const written = [child(signedData, 0, 0x02), only(child(signedData, 1, 0x31), 0x30), child(signer, 0, 0x02), child(signer, 2, 0x30)];
  const expected = [VERSION_3, SHA256_ALGORITHM, VERSION_1, SHA256_ALGORITHM];
  const isPlain = written.every(({ raw }, i) => equal(raw, expected[i] as Bytes)) && equal(child(signer, 1, 0x30).body, concat(issuer, serial));
  if (!isPlain || oid(child(child(signer, 4, 0x30), 0, 0x06)) !== ECDSA_SHA256) throw new Error("the token is not as the local authority writes it");
}

/** ESSCertIDv2 with its default digest, SHA-256: the first one is the signer's (RFC 5816). */
async function checkNamed(value: Node, { der }: Certificate): Promise<void> {
  const [first] = children(child(value, 0, 0x30));
  if (!first || !equal(child(first, 0, 0x04).body, await sha256(der))) throw new Error("the token does not name the certificate that signed it");
}

function checkUsage({ extensions }: Certificate): void {
  const found = extensions.find((extension) => oid(child(extension, 0, 0x06)) === EXTENDED_KEY_USAGE);
  const critical = found && children(found)[1]?.tag === 0x01;
  const usages = critical ? children(readNode(child(found, 2, 0x04).body, 0)).map(oid) : [];
  if (usages.length !== 1 || usages[0] !== TIME_STAMPING) throw new Error("the authority's certificate is not made for timestamps");
}

async function checkIssuer(certificate: Certificate, roots: Certificate[], time: Date): Promise<void> {
  for (const root of roots) {
    if (!equal(root.subject, certificate.issuer) || !isValidAt(root, time) || !isValidAt(certificate, time)) continue;
    if (await verifyEcdsa(root.publicKey, certificate.signature, certificate.signed)) return;
  }
  throw new Error("the authority is not linked to a trusted root");
}

function isValidAt({ from, to }: Certificate, time: Date): boolean {
  return from <= time && time <= to;
}

function readRoots(pem: string): Certificate[] {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)];
  return blocks.map(([, body]) => readCertificate(readNode(fromBase64((body as string).replace(/\s/g, "")), 0)));
}

function readCertificate(node: Node): Certificate {
  const signed = child(node, 0, 0x30);
  const algorithm = oid(child(child(node, 1, 0x30), 0, 0x06));
  if (node.tag !== 0x30 || algorithm !== ECDSA_SHA256) throw new Error("not a certificate of the local authority");
  const [from, to] = children(child(signed, 4, 0x30)).map(instant);
  if (!from || !to) throw new Error("a certificate has no validity");
  return {
    der: node.raw,
    signed: signed.raw,
    serial: child(signed, 1, 0x02).raw,
    issuer: child(signed, 3, 0x30).raw,
    subject: child(signed, 5, 0x30).raw,
    from,
    to,
    publicKey: child(signed, 6, 0x30).raw,
    extensions: children(child(child(signed, 7, 0xa3), 0, 0x30)),
    // A BIT STRING starts with its number of unused bits.
    signature: child(node, 2, 0x03).body.subarray(1),
  };
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
function instant(node: Node): Date {
  if (node.tag === 0x18) return generalizedTime(node);
  const text = String.fromCharCode(...node.body);
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (node.tag !== 0x17 || !match) throw new Error("malformed time");
  const [year, month, day, hour, minute, second] = match.slice(1);
  return new Date(`${Number(year) < 50 ? "20" : "19"}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Single-valued; a repeated one is refused, since readers could disagree on it. */
function readAttributes(attributes: Node): Map<string, Node> {
  const said = new Map<string, Node>();
  for (const item of children(attributes)) {
    const type = oid(child(item, 0, 0x06));
    if (said.has(type)) throw new Error("the token repeats an attribute");
    const [value, ...others] = children(child(item, 1, 0x31));
    if (!value || others.length > 0) throw new Error("a signed attribute has one value");
    said.set(type, value);
  }
  return said;
}

function attribute(said: Map<string, Node>, type: string): Node {
  const value = said.get(type);
  if (!value) throw new Error("the token lacks a signed attribute");
  return value;
}

function only(node: Node, tag: number): Node {
  if (children(node).length !== 1) throw new Error("one element was expected");
  return child(node, 0, tag);
}

async function verifyEcdsa(spki: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  const key = await crypto.subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, rawSignature(signature), signed);
}

/** DER has two integers, WebCrypto wants their bytes end to end. */
function rawSignature(der: Bytes): Bytes {
  const pair = readNode(der, 0);
  const numbers = children(pair);
  if (pair.tag !== 0x30 || pair.raw.length !== der.length || numbers.length !== 2) throw new Error("malformed signature");
  return concat(...numbers.map(fieldElement));
}

function fieldElement({ tag, body }: Node): Bytes {
  const digits = body[0] === 0 ? body.subarray(1) : body;
  if (tag !== 0x02 || digits.length > FIELD_BYTES) throw new Error("malformed signature");
  return concat(new Uint8Array(FIELD_BYTES - digits.length), digits);
}
