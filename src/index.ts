/** The library: every public function and type by name, and nothing else. */

// Reading: files and bytes to objects, each with its origin.
export { readInputs } from './files/read-inputs.js';
export type { InputFile, Inputs, PrivateKeyInput, ReadInputsOptions } from './files/read-inputs.js';
export type { InputObject, KeyDetails, ObjectKind } from './containers/input-object.js';
export { parseCertificate } from './x509/certificate.js';
export type { Certificate, TBSCertificate, Validity } from './x509/certificate.js';
export { parseCRL } from './x509/crl.js';
export type { CertificateList, TBSCertList, TBSCertListHead, WholeCRL } from './x509/crl.js';
export { revokedCertificates } from './x509/crl-entry.js';
export type { RevokedCertificate } from './x509/crl-entry.js';
export { formatName } from './x509/name.js';
export type { AttributeTypeAndValue, Name, RelativeDistinguishedName } from './x509/name.js';
export type { GeneralName, GeneralNames } from './x509/general-name.js';
export type { Extension, Extensions, ExtensionType } from './x509/extensions.js';
export type { SubjectPublicKeyInfo } from './x509/subject-public-key-info.js';
export type { AlgorithmIdentifier } from './x509/algorithm-identifier.js';
export { fingerprint, formatThumbprint, parseThumbprint } from './crypto/fingerprint.js';
export { encodePem } from './pem/encode.js';

// CRLs of any size: streamed, with the questions known beforehand.
export { scanCRL } from './files/scan-crl-file.js';
export type { ScanCRLResult, ScannedCRL } from './files/scan-crl-file.js';
export { judgeByCRLs } from './files/judge-by-crls.js';
export type { CRLInputs, JudgeByCRLsOptions } from './files/judge-by-crls.js';
export type { ProgressUnit, ReportProgress } from './files/report-progress.js';

// Findings: what is said, and in which words.
export { describeFinding } from './report/wording/wording.js';
export type { Finding, Origin, Severity, Subject } from './finding/finding.js';
export type { FindingCode } from './finding/catalogue.js';
export { MalformedInputError } from './finding/malformed-input.js';

// Chains.
export { orderChain, orderChains } from './chain/order-chain.js';
export type { ChainResult, LeafKey, LeftOut, LeftOutReason, OrderChainOptions } from './chain/order-chain.js';
export type { AssessedPath } from './chain/assess-path.js';

// Bundles.
export { buildBundle } from './bundle/build-bundle.js';
export type { BuildBundleOptions, BundleResult } from './bundle/build-bundle.js';
export { checkBundle } from './bundle/check-bundle.js';
export type { BundleCheck, CheckBundleOptions } from './bundle/check-bundle.js';
export { diffBundles } from './bundle/diff-bundles.js';
export type { BundleDiff, Succession } from './bundle/diff-bundles.js';
export type { PeerVerdict } from './bundle/judge-peer.js';
export type { BundleLeftOut, BundleLeftOutReason, ExpiredPolicy } from './bundle/sift.js';

// Revocation.
export { checkRevocation } from './revocation/check-revocation.js';
export type { RevocationStatus, RevocationVerdict } from './revocation/judge-revocation.js';
export type { CRLOutcome, JudgedCRL } from './revocation/judged-crl.js';
export type { CheckRevocationInput, RevocationResult, SignerOptions } from './revocation/check-revocation.js';
export type { SignerPath, ValidateSigner } from './revocation/validate-signer.js';
export { checkCertificates } from './revocation/check-certificates.js';
export type { CheckCertificatesInput, CheckCertificatesResult, NotChecked } from './revocation/check-certificates.js';
export { joinCRLs } from './revocation/join-crls.js';
export type { JoinCRLsOptions, JoinCRLsResult, LeftOutCRL } from './revocation/join-crls.js';
export { scanCRL as scanWholeCRL } from './revocation/scan-crl.js';
export type { CRLScan } from './revocation/scan-crl.js';

// Verification: path, revocation and host in one verdict.
export { verifyCertificate, Verifier } from './verify.js';
export type { PathRevocationResult, VerifierInput, VerifyCertificateInput, VerifyCertificateResult } from './verify.js';
export type { RevocationScope } from './verify/path-revocation.js';
export type { CertificateInput, CRLInput } from './verify/read-subjects.js';
export { forecastFailure } from './verify/forecast-failure.js';
export type { Failure, Forecast } from './verify/forecast-failure.js';
export type { PathOptions, Profile, Purpose } from './path/path-inputs.js';
export type { PathCandidate } from './path/validate-path.js';
export { defaultLimits } from './path/budget.js';
export type { Limits } from './path/budget.js';

// Host names.
export { presentedIdentity } from './hostname/presented-identity.js';
export type { PresentedAltName, PresentedIdentity } from './hostname/presented-identity.js';
export { compareVerifiers, matchHost } from './hostname/match-host.js';
export type { MatchHostOptions, VerifierRow } from './hostname/match-host.js';
export { parseTarget } from './hostname/parse-target.js';
export type { Target, TargetForm } from './hostname/parse-target.js';
export { hostProfiles } from './hostname/verdict.js';
export type { Consideration, HostProfile, HostVerdict } from './hostname/verdict.js';

// Whole configurations.
export { judgeConfiguration, readConfiguration } from './files/read-configuration.js';
export type { ReadConfigurationOptions, ReadConfigurationResult, SideSources } from './files/read-configuration.js';
export type { Configuration, SideConfiguration, SideFiles, SideOptions } from './security-pack/configuration.js';
export type { Check, CheckGroup, CheckOutcome } from './security-pack/check.js';
export { preflight } from './security-pack/preflight.js';
export type { PreflightResult } from './security-pack/preflight.js';
export { mendConfiguration } from './security-pack/mend.js';
export type { MendedFile, Mending, MissingTrust } from './security-pack/mend.js';
export type { SettingCorrection } from './security-pack/options/correct-settings.js';
// Rehearsal: a real handshake on this machine.
export { rehearse } from './handshake/rehearse.js';
export type { RehearseOptions } from './handshake/rehearse.js';
export type {
  HandshakeVerdict,
  Rehearsal,
  RehearsalResult,
  RevocationRehearsal,
  SideError,
  SideReport,
  Stage,
} from './handshake/rehearsal.js';

// A live server: what it sends, and what is to be said of it.
export { connect } from './handshake/connect.js';
export type { ClientCertificateOutcome, ConnectOptions, ConnectResult } from './handshake/connect.js';
export type { ClientIdentity } from './handshake/ask-server.js';
