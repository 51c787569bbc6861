import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate that signs itself, for this machine, in two files of a folder.
struct TestCertificate {
  let certificate: URL
  let key: URL

  /// - Parameter name: The beginning of the files' names.
  init(in folder: URL, name: String = "server") throws {
    certificate = folder.appending(path: "\(name).pem")
    key = folder.appending(path: "\(name).key")
    let signer = P256.Signing.PrivateKey()
    let subject = try DistinguishedName { CommonName("localhost") }
    let made = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(signer.publicKey),
      notValidBefore: Date(timeIntervalSinceNow: -3600),
      notValidAfter: Date(timeIntervalSinceNow: 86_400), issuer: subject, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        SubjectAlternativeNames([.dnsName("localhost")])
      }, issuerPrivateKey: .init(signer))
    try Data(made.serializeAsPEM().pemString.utf8).write(to: certificate)
    try Data(signer.pemRepresentation.utf8).write(to: key)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
  }
}
