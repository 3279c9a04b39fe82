/** Files of `samples/broken/pem`: the good chain of sip1, spoilt on its way through mail, editors and hands. */
import { Buffer } from 'node:buffer';
import { certificatesPEM, keyPEM, publicKeyPEM, requestPEM, toPEM } from './maker.js';

const bytesOf = (text, encoding) => Uint8Array.from(Buffer.from(text, encoding));

/** Bytes of no format at all, the same each time. */
const junk = () => Uint8Array.from({ length: 512 }, (_, at) => (Math.imul(at + 1, 0x9e3779b1) >>> 13) & 0xff);

const errorPage = `<!DOCTYPE html>
<html>
<head><title>404 Not Found</title></head>
<body>
<h1>Not Found</h1>
<p>The requested URL /example-issuing-ca-1.cer was not found on this server.</p>
</body>
</html>
`;

/** TRUSTED CERTIFICATE: the certificate, then OpenSSL's auxiliary part (here an alias). */
function makeTrusted(der, alias) {
  const name = Buffer.from(alias);
  const inner = Buffer.concat([Buffer.from([0x0c, name.length]), name]);
  return toPEM(Buffer.concat([Buffer.from(der), Buffer.from([0x30, inner.length]), inner]), 'TRUSTED CERTIFICATE');
}

/** Makes the last base64 line but one of the second block unreadable. */
function damageSecondBlock(chain) {
  const blocks = chain.split(/(?=-----BEGIN)/);
  const lines = blocks[1].split('\n');
  lines[4] = `${lines[4].slice(0, 30)}**${lines[4].slice(32)}`;
  return [blocks[0], lines.join('\n'), ...blocks.slice(2)].join('');
}

export async function listBrokenPEM({ authorities: { root1, issuing1 }, holders: { sip1 } }) {
  const chain = certificatesPEM(sip1, issuing1, root1);
  const [leaf, above] = [certificatesPEM(sip1), certificatesPEM(issuing1, root1)];
  const base64 = leaf.replace(/-----.*-----\n/g, '');
  const subjects = ['sip1.fly.example.com', 'Example Issuing CA 1', 'Example Root CA 1'];
  let block = 0;
  return {
    'four-dashes.pem': chain.replaceAll('-----', '----'),
    'byte-order-mark.pem': bytesOf(`\ufeff${chain}`),
    'crlf.pem': chain.replaceAll('\n', '\r\n'),
    'utf-16-little-endian.pem': bytesOf(`\ufeff${chain.replaceAll('\n', '\r\n')}`, 'utf16le'),
    'indented.pem': chain.replace(/^(?=.)/gm, '    '),
    'one-line-base64.pem': chain.replace(/([A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])/g, '$1'),
    'blank-lines.pem': chain.replaceAll('\n', '\n\n'),
    'joined-boundaries.pem': chain.replaceAll('-----\n-----BEGIN', '----------BEGIN'),
    'bare-base64.pem': base64,
    'truncated-last-block.pem': chain.slice(0, chain.length - 400),
    'damaged-second-block.pem': damageSecondBlock(chain),
    'text-around-blocks.pem': chain.replace(/-----BEGIN/g, () => `Subject: CN = ${subjects[block++]}\n-----BEGIN`),
    'x509-certificate-label.pem': chain.replaceAll(' CERTIFICATE-', ' X509 CERTIFICATE-'),
    'trusted-certificate-label.pem': makeTrusted(sip1.certificate.rawData, 'sip1') + above,
    'public-key.pem': publicKeyPEM(sip1),
    'certificate-request.pem': await requestPEM(sip1),
    'private-key-only.pem': keyPEM(sip1),
    'empty.pem': '',
    'binary-junk.pem': junk(),
    'html-error-page.pem': errorPage,
  };
}
