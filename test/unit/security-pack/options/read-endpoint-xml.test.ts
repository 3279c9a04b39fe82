import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeFinding } from '../../../../src/report/wording/wording.js';
import { readEndpointXml } from '../../../../src/security-pack/options/read-endpoint-xml.js';
import { summarize } from '../../../support/settings.js';

const document = `<?xml version="1.0" encoding="utf-8"?>
<!-- the vendor's form -->
<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint">
  <Container name="Basic">
    <Connectivity user="5000" server="sip1.fly.example.com:5061" protocol="TLS"/>
    <Connectivity user="5000" server="sip2.fly.example.com:5061" protocol="TLS"/>
  </Container>
  <Container name="Genesys">
    <settings version="1.0" xmlns="http://www.genesyslab.com/sip">
      <domain name="policy"><section name="security"><setting name="trusted-ca" value="/no"/></section></domain>
      <domain name="system">
        <section name="media"><setting name="trusted-ca" value="/no"/></section>
        <section name="security">
          <setting name="certificate" value="/Users/a;b/c&amp;d=1.pem"/>
          <setting name="certificate-key" value=""/>
          <setting
            name="trusted-ca" value="/ca.pem"/>
        </section>
      </domain>
    </settings>
  </Container>
</SipEndpoint>
`;
const file = 'SipEndpoint.config';
const read = (text: string) => readEndpointXml(text, file);
const say = (text: string): string[] => read(text).findings.map(summarize);

test('the section security is one level, each setting with its line', () => {
  const { levels, application, findings } = read(document);
  const setting = (name: string, value: string, line: number) => ({
    name,
    value,
    origin: { file, line },
    source: 'endpoint',
  });
  expect(levels).toEqual([
    {
      kind: 'unnamed',
      name: 'section security',
      settings: [
        setting('certificate', '/Users/a;b/c&d=1.pem', 14),
        setting('certificate-key', '', 15),
        setting('trusted-ca', '/ca.pem', 16),
      ],
    },
  ]);
  expect([application, findings]).toEqual(['endpoint', []]);
});

test('each connection gives its server and its protocol', () => {
  expect(
    read(document).sip.map(({ name, value, origin, section }) => `${section} ${name}=${value} ${origin.line ?? ''}`),
  ).toEqual([
    'Connectivity user=5000 5',
    'Connectivity server=sip1.fly.example.com:5061 5',
    'Connectivity protocol=TLS 5',
    'Connectivity user=5000 6',
    'Connectivity server=sip2.fly.example.com:5061 6',
    'Connectivity protocol=TLS 6',
  ]);
});

test('a byte order mark and a prefix for the namespace change nothing', () => {
  const prefixed = document
    .replace(/<(\/?)(SipEndpoint|Container|Connectivity)/g, '<$1e:$2')
    .replace('xmlns="http://schemas', 'xmlns:e="http://schemas');
  expect(prefixed).toContain('<e:SipEndpoint xmlns:e=');
  expect(read(`\uFEFF${prefixed}`)).toEqual(read(document));
});

describe('what is not as it should be', () => {
  test.each([
    ['another root', document.replaceAll('SipEndpoint', 'Endpoint'), 'option/not-an-endpoint SipEndpoint.config'],
    [
      'no namespace on the root',
      document.replace(/ xmlns="http:\/\/schemas[^"]*"/, ''),
      'option/endpoint-namespace SipEndpoint.config:3',
    ],
    [
      'another namespace on settings',
      document.replace('genesyslab.com/sip"', 'example.com/sip"'),
      'option/endpoint-namespace SipEndpoint.config:9',
    ],
    ['a container in another case', document.replace('"Basic"', '"basic"'), 'option/wrong-case SipEndpoint.config:4'],
    [
      'the section in another case',
      document.replace(/"security">\n/, '"Security">\n'),
      'option/wrong-case SipEndpoint.config:13',
    ],
    [
      'a setting without a name',
      document.replace('name="certificate" ', ''),
      'option/not-an-option SipEndpoint.config:14',
    ],
    ['a setting without a value', document.replace(' value=""', ''), 'option/not-an-option SipEndpoint.config:15'],
  ])('%s is said in one finding', (_, text, expected) => {
    expect(text).not.toBe(document);
    expect(say(text)).toEqual([expected]);
    for (const finding of read(text).findings) expect(describeFinding(finding).message).not.toMatch(/undefined|\n/);
  });

  test('a section in another case is not read', () => {
    expect(read(document.replace(/"security">\n/, '"Security">\n')).levels).toEqual([]);
  });
});

describe('damaged XML is not read at all', () => {
  test.each([
    ['a tag that is not closed', '<SipEndpoint><Container></SipEndpoint>', 1],
    ['an attribute without quotes', '<SipEndpoint>\n<Container name=Basic/></SipEndpoint>', 2],
    ['an unknown entity', '<SipEndpoint>\n\n<Container name="&x;"/></SipEndpoint>', 3],
    ['an attribute twice', '<SipEndpoint a="1" a="2"/>', 1],
    ['two roots', '<SipEndpoint/><SipEndpoint/>', 1],
    ['a lone bracket', '<', 1],
    ['text alone', 'text', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, line) => {
    const { levels, sip, findings } = read(text);
    expect([levels, sip]).toEqual([[], []]);
    expect(findings.map(({ code, origin }) => [code, origin?.line])).toEqual([['option/xml-malformed', line]]);
  });

  test('is said in a line, however many elements are open', () => {
    const { findings } = read('<a>'.repeat(10_000));
    expect(findings.map(({ code }) => code)).toEqual(['option/xml-malformed']);
    expect(findings.map((finding) => describeFinding(finding).message).join('').length).toBeLessThan(300);
  });
});

describe('a document type is refused before it is parsed', () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'abcdefghij'.charAt(i + 1)} "${`&${'abcdefghij'.charAt(i)};`.repeat(10)}">`).join('')}]>`;
  test.each([
    ['an external entity', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['an external subset', '<!DOCTYPE SipEndpoint SYSTEM "http://192.0.2.1/evil.dtd">'],
    ['a billion laughs', laughs],
    ['one behind a comment and an instruction', '<!-- <SipEndpoint> --><?x y?>\n<!DOCTYPE SipEndpoint>'],
    ['one in lower case', '<!doctype SipEndpoint>'],
  ])('%s', (_, doctype) => {
    const body = document.replace(/^<\?xml.*\?>\n/, '').replace('/ca.pem', '&x;&j;');
    const { levels, sip, findings } = read(`<?xml version="1.0"?>\n${doctype}\n${body}`);
    expect([levels, sip, findings.map(({ code }) => code)]).toEqual([[], [], ['option/doctype']]);
  });

  test('the word in a comment or a value is none', () => {
    const text = document.replace("the vendor's form", '<!DOCTYPE x>').replace('/ca.pem', '&lt;!DOCTYPE');
    expect(say(text)).toEqual([]);
  });
});

test('the first fault is told in the words of the parser', () => {
  const [finding] = read('<SipEndpoint><a></b></SipEndpoint>').findings;
  expect(finding?.params).toEqual({ detail: 'Opening and ending tag mismatch: "a" != "b"' });
});

test('deep nesting is read or refused, and ends soon', () => {
  const deep = `${'<Container name="Basic">'.repeat(10_000)}${'</Container>'.repeat(10_000)}`;
  expect(say(`<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint">${deep}</SipEndpoint>`)).toEqual([]);
});

test('a document larger than any configuration is refused', () => {
  expect(say(`<SipEndpoint>${' '.repeat(5_000_000)}</SipEndpoint>`)).toEqual([
    'option/not-a-configuration SipEndpoint.config',
  ]);
});

test('no text makes the reader throw', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE',
    '&',
    ';',
    '"',
    '=',
    ' ',
    'xmlns',
    'SipEndpoint',
    ':',
    '<?',
    '?>',
    'a',
    '\0',
    '\uD800',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      for (const text of [parts.join(''), `<SipEndpoint>${parts.join('')}</SipEndpoint>`]) {
        expect(read(text).findings.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});
