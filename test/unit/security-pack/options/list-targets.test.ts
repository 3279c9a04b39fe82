import { expect, test } from 'vitest';
import { listTargets } from '../../../../src/security-pack/options/list-targets.js';
import { readEndpointXml } from '../../../../src/security-pack/options/read-endpoint-xml.js';
import type { SettleSideOptions } from '../../../../src/security-pack/options/settle-side.js';
import { settle } from '../../../support/settings.js';

const list = (text: string, options: Partial<SettleSideOptions> = {}): string[] =>
  listTargets(settle(text, { side: 'client', ...options })).map(
    ({ host, setting }) => `${host} ${setting.name}:${setting.origin.line ?? ''}`,
  );
const sip =
  '[sip]\ncontact=sips:5000@fly.example.com:5061;transport=tls\ncontact="Fly" <sip:Eu.example.com;transport=tls>\n';

test('hosts come from the contacts, each with its line', () => {
  expect(list(sip)).toEqual(['fly.example.com contact:2', 'Eu.example.com contact:3']);
});

test('a host is listed once, and a text without one not at all', () => {
  expect(list(`${sip}contact=sips:fly.example.com\ncontact=tel:5000`)).toHaveLength(2);
});

test('tls-target-name stands for all others where the pack heeds it', () => {
  const text = `[security]\ntls-target-name=sip1.example.com\n${sip}`;
  expect(list(text)).toEqual(['sip1.example.com tls-target-name:2']);
  expect(list(text, { packVersion: '8.5.100.23' })).toHaveLength(1);
  expect(list(text, { packVersion: '8.5.100.22' })).toEqual(['fly.example.com contact:4', 'Eu.example.com contact:5']);
  expect(list(text, { platform: 'windows' })).toHaveLength(2);
});

test('the servers of an endpoint are its targets, without their ports', () => {
  const xml = `<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint"><Container name="Basic">
<Connectivity server="sip1.example.com:5061" protocol="TLS"/><Connectivity server="[2001:db8::1]:5061"/>
<Connectivity server="sip2.example.com"/></Container></SipEndpoint>`;
  const endpoint = settle([readEndpointXml(xml, 'e.config')], { side: 'client' });
  expect(listTargets(endpoint).map(({ host }) => host)).toEqual([
    'sip1.example.com',
    '2001:db8::1',
    'sip2.example.com',
  ]);
});

test('without any there is none', () => {
  expect(list('[security]\ntrusted-ca=/ca.pem\n[sip-proxy]\ntls-port=5061')).toEqual([]);
});
