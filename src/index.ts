/** The library: every public function and type, and nothing else. */
export { orderChain, orderChains } from './chain/order-chain.js';
export { parseCertificate } from './x509/certificate.js';
export { parseCRL } from './x509/crl.js';
