// The least that verifying costs on Node, for comparison and no use else: each file is read, decoded, and its signature by
// the CA checked. Nothing is looked at; it believes that all is PEM of RSA-2048 and SHA-256 as the bench makes it.
'use strict';
const { Buffer } = require('node:buffer');
const { X509Certificate, verify } = require('node:crypto');
const { readFileSync } = require('node:fs');

/** The element at `start`: where its contents begin and where it ends (X.690 8.1). */
function measure(der, start) {
  const octet = der[start + 1];
  const begin = start + 2 + (octet < 0x80 ? 0 : octet - 0x80);
  return { begin, end: begin + (octet < 0x80 ? octet : der.readUIntBE(start + 2, octet - 0x80)) };
}

const [, , ca, ...files] = process.argv;
const key = new X509Certificate(readFileSync(ca)).publicKey;
let lines = '';
for (const file of files) {
  const text = readFileSync(file, 'latin1');
  const der = Buffer.from(text.slice(text.indexOf('\n'), text.indexOf('\n-----END')), 'base64');
  const signed = measure(der, 0).begin;
  const algorithm = measure(der, signed).end;
  const signature = measure(der, measure(der, algorithm).end);
  const isValid = verify('sha256', der.subarray(signed, algorithm), key, der.subarray(signature.begin + 1));
  if (!isValid) process.exitCode = 1;
  lines += `${file}: ${isValid ? 'OK' : 'refused'}\n`;
}
process.stdout.write(lines);
