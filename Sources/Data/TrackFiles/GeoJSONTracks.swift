import Foundation

/// Reads tracks from GeoJSON (RFC 7946): each line is a trip, points of one person are one trip.
///
/// The person is the property `person`, or else the file's name. The times of a line are its
/// property `times` or `coordTimes`, a text for each corner; the time of a point is `time`.
struct GeoJSONTracks {
  /// The points of one trip.
  struct Trip {
    let person: String?
    var points: [TrackPoint]
    /// Whether it is made of single points, which further points of the person join.
    var isOfPoints = false
  }

  static func trips(_ data: Data, file: String) throws(TrackFileFault) -> [Trip] {
    guard let collection = try? JSONDecoder().decode(Collection.self, from: data) else {
      throw .notGeoJSON(file)
    }
    var trips: [Trip] = []
    for feature in collection.features {
      let person = feature.properties?.person?.text
      let times = feature.properties?.times ?? feature.properties?.coordTimes
      switch feature.geometry {
      case .point(let position):
        let time = feature.properties?.time.flatMap { TrackTime.tick($0) }
        let point = Self.point(position, time: time)
        if let last = trips.indices.last, trips[last].person == person, trips[last].isOfPoints {
          trips[last].points.append(point)
        } else {
          trips.append(Trip(person: person, points: [point], isOfPoints: true))
        }
      case .lines(let lines):
        var corner = 0
        for line in lines {
          trips.append(
            Trip(
              person: person,
              points: line.map { position in
                defer { corner += 1 }
                let text = times.flatMap { corner < $0.count ? $0[corner] : nil }
                return Self.point(position, time: text.flatMap { TrackTime.tick($0) })
              }))
        }
      }
    }
    return trips.filter { !$0.points.isEmpty }
  }

  private static func point(_ position: [Double], time: Int64?) -> TrackPoint {
    TrackPoint(
      longitude: position.first, latitude: position.count > 1 ? position[1] : nil, time: time)
  }

  private struct Collection: Decodable { let features: [Feature] }

  private struct Feature: Decodable {
    let properties: Properties?
    let geometry: Geometry
  }

  private struct Properties: Decodable {
    let person: Name?
    let time: String?
    let times: [String]?
    let coordTimes: [String]?
  }

  /// A text or a whole number.
  private struct Name: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(Int64.self) {
        text = String(number)
      } else {
        text = try value.decode(String.self)
      }
    }
  }

  private enum Geometry: Decodable {
    case point([Double])
    case lines([[[Double]]])

    private enum Key: CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      switch try values.decode(String.self, forKey: .type) {
      case "Point": self = .point(try values.decode([Double].self, forKey: .coordinates))
      case "LineString":
        self = .lines([try values.decode([[Double]].self, forKey: .coordinates)])
      case "MultiLineString":
        self = .lines(try values.decode([[[Double]]].self, forKey: .coordinates))
      default:
        throw DecodingError.dataCorruptedError(
          forKey: .type, in: values, debugDescription: "not a track")
      }
    }
  }
}
