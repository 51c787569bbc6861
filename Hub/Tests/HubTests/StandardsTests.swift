import Crypto
import Foundation
import HTTPTypes
import HubLog
import HubRecords
import HubRights
import HubServer
import HubStore
import HubWork
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// The formats in which a hub speaks to programs of others. `scripts/test-hub-api.sh` runs their
/// own validators; these tests need no network.
@Suite(.serialized) struct StandardsTests {
  static let listing = Listing(
    publisher: "Example hospital", contact: "data@hospital.example",
    accessBody: "Example access body", accessBodyContact: "https://access.example/contact",
    category: "EHRS", provenance: "From the records of the wards.")

  let hub: TestHub

  init() async throws {
    hub = try TestHub()
    try hub.enter()
    try hub.register()
    try await hub.grant()
    try hub.openProject()
  }

  private func get(_ path: String, as name: String) async throws -> TestResponse {
    let token = try hub.store.makeToken(for: name, name: "test", at: hub.clock.now)
    let clock = hub.clock
    let application = Application(
      router: try HubServer(hub.store, clock: { clock.now }).router())
    return try await application.test(.router) { client in
      try await client.execute(
        uri: path, method: .get, headers: [.authorization: "Bearer \(token)"])
    }
  }

  private func object(_ response: TestResponse) throws -> [String: Any] {
    #expect(response.status == .ok)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
        as? [String: Any])
  }

  // MARK: Catalogue

  /// The catalogue has the data sets that their owners list, and no path, no schema and no ε.
  @Test func theCatalogueListsWhatOwnersList() async throws {
    var dataset = Dataset(
      id: "listed", title: "A ward", summary: "People.", source: "/secret/ward.csv",
      schema: TestHub.schema, conditions: [.diseaseResearch, .publication], agreement: "A",
      unitEpsilon: 0.5, owner: "owen")
    (dataset.listing, dataset.conditionNotes) = (Self.listing, ["DS": "diabetes"])
    dataset.listing?.begins = "2019-01-01"
    dataset.keywords = ["ward"]
    try hub.act("owen", .registerDataset(dataset))
    let response = try await get("/api/catalogue", as: "ruth")
    #expect(response.headers[.contentType] == "application/ld+json")
    let catalogue = try object(response)
    let entries = try #require(catalogue["dcat:dataset"] as? [[String: Any]])
    #expect(entries.map { $0["dct:title"] as? String } == ["A ward"])
    let text = String(buffer: response.body)
    #expect(!text.contains("/secret/") && !text.contains("psilon"))
    #expect(text.contains("DUO:0000007 disease specific research: diabetes"))
    #expect(text.contains("mailto:data@hospital.example"))
    let groups = try #require(entries[0]["healthdcatap:hasVariables"] as? [String: Any])
    let table = try #require(groups["csvw:table"] as? [String: Any])
    #expect((table["csvw:column"] as? [Any])?.count == 4)
    #expect(entries[0]["dcat:keyword"] as? [String] == ["ward"])
    let period = try #require(entries[0]["dct:temporal"] as? [String: Any])
    let first = try #require(period["dcat:startDate"] as? [String: String])
    #expect(first == ["@type": "xsd:date", "@value": "2019-01-01"])
    #expect(period["dcat:endDate"] == nil)
    #expect(try await get("/api/catalogue", as: "adam").status == .forbidden)
  }

  // MARK: Estimates

  /// The prediction is of exactly the columns that are asked for, and reads no row.
  @Test func fewerColumnsAreExpectedToBeCloser() async throws {
    try FileManager.default.removeItem(at: hub.table)
    func error(_ id: String, _ columns: [String]?) async throws -> Double {
      try hub.act(
        "rosa",
        .draft(
          request: id, place: .project("study"),
          spec: .release(units: 4, targets: [], rows: nil, columns: columns)))
      let estimate = try object(try await get("/api/v1/requests/\(id)/estimate", as: "rosa"))
      #expect(estimate["units"] as? Int == 4 && estimate["isFree"] as? Bool == false)
      return try #require(estimate["pairError"] as? Double)
    }
    let all = try await error("all", nil)
    // In the plan of the whole table, this pair alone has an expected error of 0.256.
    #expect(try await error("two", ["sex", "ill"]) < 0.25)
    #expect(try await error("every", ["sex", "ward", "age", "ill"]) == all)
  }

  // MARK: Releases

  /// The crate names every file, with its size and its hash, and the signed manifest agrees.
  @Test func theCrateNamesEveryFile() async throws {
    try await hub.makeStandIn()
    let response = try await get("/api/v1/requests/twin/crate", as: "rosa")
    #expect(response.headers[.contentType] == "application/zip")
    let files = try Self.unzipped(Data(response.body.readableBytesView))
    let description = try #require(files["ro-crate-metadata.json"])
    let crate = try #require(
      try JSONSerialization.jsonObject(with: description) as? [String: Any])
    let graph = try #require(crate["@graph"] as? [[String: Any]])
    let things = Dictionary(uniqueKeysWithValues: graph.map { ($0["@id"] as? String ?? "", $0) })
    let root = try #require(things["./"])
    let parts = try #require(root["hasPart"] as? [[String: String]]).compactMap { $0["@id"] }
    #expect(Set(parts) == Set(files.keys).subtracting(["ro-crate-metadata.json"]))
    #expect(parts.contains("release/synthetic.csv") && parts.contains("croissant.json"))
    for part in parts {
      let data = try #require(files[part])
      #expect(things[part]?["@type"] as? String == "File")
      #expect(things[part]?["contentSize"] as? String == "\(data.count)")
      #expect(things[part]?["sha256"] as? String == SHA256.hash(data: data).hexadecimal)
    }
    struct Signed: Decodable { let files: [String: String] }
    let signed = try JSONDecoder().decode(
      Signed.self, from: #require(files["release/manifest.json"]))
    #expect(!signed.files.isEmpty)
    for (name, digest) in signed.files {
      #expect(things["release/\(name)"]?["sha256"] as? String == digest, "\(name)")
    }
    #expect(things["#making"]?["agent"] as? [String: String] == ["@id": "#account-rosa"])
    #expect(things["#approval-1"]?["agent"] as? [String: String] == ["@id": "#account-petra"])
    // Whatever is referred to is there.
    for reference in String(decoding: description, as: UTF8.self).matches(
      of: /"@id" : "(#[^"]+)"/)
    { #expect(things[String(reference.output.1)] != nil, "\(reference.output.1)") }
    let timeline = try #require(hub.store.state().requests["twin"]).timeline
    #expect(timeline.last?.what == "downloaded crate.zip")
  }

  /// The Croissant description has the columns of the table in their order.
  @Test func theCroissantHasTheColumns() async throws {
    try await hub.makeStandIn()
    let croissant = try object(try await get("/api/v1/requests/twin/croissant", as: "rosa"))
    let records = try #require(croissant["recordSet"] as? [[String: Any]])
    let fields = try #require(records[0]["field"] as? [[String: Any]])
    #expect(fields.map { $0["name"] as? String } == ["sex", "ward", "age", "ill"])
    #expect(
      fields.map { $0["dataType"] as? String } == ["sc:Text", "sc:Text", "sc:Integer", "sc:Text"])
    let table = try Data(
      contentsOf: hub.store.folder.result(of: "twin").appending(path: "synthetic.csv"))
    let distribution = try #require(croissant["distribution"] as? [[String: Any]])
    #expect(distribution[0]["sha256"] as? String == SHA256.hash(data: table).hexadecimal)
    #expect(try await get("/api/v1/requests/twin/croissant", as: "ruth").status == .notFound)
    #expect(try await get("/api/v1/requests/grant/crate", as: "petra").status == .notFound)
  }

  /// The files of an archive without compression, by its directory; each checksum is compared with
  /// one that is counted bit by bit.
  private static func unzipped(_ data: Data) throws -> [String: Data] {
    func number(_ place: Int, _ bytes: Int) -> Int {
      (0..<bytes).reduce(0) { $0 | Int(data[place + $1]) << (8 * $1) }
    }
    let end = data.count - 22
    try #require(number(end, 4) == 0x0605_4b50)
    var files: [String: Data] = [:]
    var place = number(end + 16, 4)
    for _ in 0..<number(end + 10, 2) {
      try #require(number(place, 4) == 0x0201_4b50 && number(place + 10, 2) == 0)
      let (checksum, size) = (number(place + 16, 4), number(place + 24, 4))
      let (length, start) = (number(place + 28, 2), number(place + 42, 4))
      let name = String(decoding: data[place + 46..<place + 46 + length], as: UTF8.self)
      try #require(number(start, 4) == 0x0403_4b50 && number(start + 26, 2) == length)
      let body = Data(data[start + 30 + length..<start + 30 + length + size])
      #expect(checksum == Int(slowChecksum(body)), "\(name)")
      #expect(number(start + 14, 4) == checksum && files[name] == nil)
      files[name] = body
      place += 46 + length
    }
    #expect(place == end)
    return files
  }

  private static func slowChecksum(_ data: Data) -> UInt32 {
    ~data.reduce(UInt32.max) { state, byte in
      (0..<8).reduce(state ^ UInt32(byte)) { value, _ in
        (value >> 1) ^ (0xEDB8_8320 & (0 &- (value & 1)))
      }
    }
  }
}
