import HubPages
import HubStore
import Hummingbird

/// The hub as a machine.
enum HealthPage {
  static func page(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.health(visit.hub.store.health()))
  }
}
