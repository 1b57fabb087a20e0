"use strict";
/* Checks an .ionapi file and encrypts it with the key in #box-data. Nothing is sent: the policy of the page forbids it.
   Format: JWE compact serialization, ECDH-ES on P-256, A256GCM (RFC 7516, RFC 7518). Text is only ever set as text. */

const LARGEST = 1048576;
const REQUIRED = ["ti", "cn", "ci", "cs", "iu", "pu", "ot"];
const utf8 = new TextEncoder();

class Problem extends Error {
  constructor(text, step = "", values = {}) {
    super(text);
    Object.assign(this, { text, step, values });
  }
}

/* The file */

function decoded(bytes) {
  const utf16 = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2).join()];
  try {
    return new TextDecoder(utf16 || "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("cut", "5");
  }
}

function checked(bytes) {
  if (!bytes.some((byte) => byte > 32)) throw new Problem("empty", "5");
  if (bytes.length > LARGEST) throw new Problem("large", "5");
  const start = bytes.slice(0, 4).join();
  if (start === "80,75,3,4" || start === "208,207,17,224") throw new Problem("csv", "3");
  const text = decoded(bytes).trim();
  if (/^eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) throw new Problem("encrypted");
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw notJson(text);
  }
  if (file === null || typeof file !== "object") throw new Problem("other", "5");
  if ("kty" in file || (Array.isArray(file.keys) && !("ci" in file))) throw new Problem("bridge", "3");
  return fields(file);
}

function notJson(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (text.startsWith("<")) return new Problem("webpage", "5");
  if (lines[0].includes("{")) return new Problem("cut", "5");
  const keys = /access\s?key|secret\s?key|service\s?account|\bsaa?k\b|\bsask\b|^\w{1,40}#[\w-]{40}/i;
  if (/[,;\t]/.test(lines[0]) && lines.slice(0, 50).some((line) => keys.test(line))) return new Problem("csv", "3");
  if (lines.every((line) => /^[#!]|^[^={}<>"]+=/.test(line))) return new Problem("mapping", "3");
  return new Problem("other", "5");
}

function fields(file) {
  const has = (key) => typeof file[key] === "string" && file[key].trim() !== "";
  if (!REQUIRED.some((key) => key in file)) throw new Problem("other", "5");
  const isOther = has("ru") || ("dt" in file && !["", "12"].includes(String(file.dt ?? "").trim()));
  if (!("saak" in file) && !("sask" in file)) throw isOther ? new Problem("type", "2") : new Problem("account", "4");
  const missing = [...REQUIRED, "saak", "sask"].filter((key) => !has(key));
  if (missing.length) throw new Problem("fields", "3", { fields: missing.join(", ") });
  return file;
}

/* Encryption */

function base64url(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

function uint32(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/* RFC 7518, section 4.6.2. One round of SHA-256 is enough for keys of up to 256 bits. */
async function concatKdf(shared, algorithm, bits, apu, apv) {
  const named = [utf8.encode(algorithm), apu, apv].flatMap((part) => [uint32(part.length), part]);
  const digest = await crypto.subtle.digest("SHA-256", joined(uint32(1), shared, ...named, uint32(bits)));
  return new Uint8Array(digest).slice(0, bits / 8);
}

async function encrypted(bytes, recipient, request) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { kty, crv, x, y } = recipient;
  const theirs = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, []);
  const ours = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const nothing = new Uint8Array();
  const raw = await concatKdf(new Uint8Array(shared), "A256GCM", 256, nothing, nothing);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const point = await crypto.subtle.exportKey("jwk", ours.publicKey);
  const epk = { kty: "EC", crv: "P-256", x: point.x, y: point.y };
  const fields = { alg: "ECDH-ES", enc: "A256GCM", kid: request, epk };
  const header = base64url(utf8.encode(JSON.stringify(fields)));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const settings = { name: "AES-GCM", iv, additionalData: utf8.encode(header), tagLength: 128 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(settings, key, bytes));
  return [header, "", ...[iv, sealed.slice(0, -16), sealed.slice(-16)].map(base64url)].join(".");
}

/* The box */

const data = JSON.parse(document.getElementById("box-data").textContent);
const [off, drop, input, result] = ["off", "drop", "file", "result"].map((name) => document.getElementById(`box-${name}`));
let address = "";

function say(name, values = {}) {
  return data.texts[name].replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
}

function element(tag, text, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(text, ...children);
  return made;
}

function show(kind, ...children) {
  if (address) URL.revokeObjectURL(address);
  address = "";
  result.className = kind;
  result.replaceChildren(...children);
  result.hidden = false;
  result.focus({ preventScroll: true });
  result.scrollIntoView({ block: "nearest" });
}

function showProblem(problem, file) {
  const step = data.steps[problem.step];
  const children = [element("h4", say("not", { file })), element("p", say(problem.text, problem.values))];
  if (step) {
    const link = element("a", say("redo", { step: step.name }), { href: `#${step.anchor}` });
    children.push(element("p", link, {}, ". ", say("retry")));
  }
  show("trouble", ...children);
}

function showEncrypted(text, name, file) {
  const sealed = `${name}.enc`;
  const values = { file: sealed, tenant: file.ti, app: file.cn, request: data.request.slice(0, 8) };
  const letter = element("pre", say("letter", values), { tabIndex: 0 });
  const copy = element("button", say("copy"), { type: "button", onclick: () => copyText(copy, letter) });
  const children = [element("h4", say("ready", { file: name })), element("p", say("facts", values))];
  if (data.tenant && data.tenant.toLowerCase() !== file.ti.toLowerCase()) {
    const words = say("tenant", { found: file.ti, wanted: data.tenant });
    children.push(element("p", words, { className: "warning" }));
  }
  const link = element("a", say("save", values), { className: "button", download: sealed });
  const afterwards = say("afterwards", { file: name });
  const steps = [[link], [element("p", say("next")), letter, copy], [afterwards]];
  children.push(element("ol", "", {}, ...steps.map((step) => element("li", "", {}, ...step))));
  show("see", ...children);
  link.href = address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
}

async function copyText(button, letter) {
  try {
    await navigator.clipboard.writeText(letter.textContent);
    button.textContent = say("copied");
  } catch {
    getSelection().selectAllChildren(letter);
  }
}

async function take(files) {
  let bytes;
  try {
    if (files.length !== 1) throw new Problem("many");
    const [file] = files;
    if (file.size > LARGEST) throw new Problem("large", "5");
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      throw new Problem("unreadable");
    }
    const content = checked(bytes);
    const name = file.name.toLowerCase().endsWith(".ionapi") ? file.name : `${file.name.replace(/\.[^.]*$/, "")}.ionapi`;
    showEncrypted(await encrypted(bytes, data.key, data.request), name, content);
  } catch (error) {
    showProblem(error instanceof Problem ? error : new Problem("failed", "", { reason: error.name }), files[0].name);
  } finally {
    bytes?.fill(0);
  }
}

if (globalThis.crypto?.subtle) {
  off.hidden = true;
  drop.hidden = false;
  input.addEventListener("change", () => {
    const files = [...input.files];
    // The same file can be chosen again after it was downloaded once more.
    input.value = "";
    if (files.length) take(files);
  });
  // Anywhere on the page, so that a file beside the box does not open in its place.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) take([...event.dataTransfer.files]);
    });
  }
}
