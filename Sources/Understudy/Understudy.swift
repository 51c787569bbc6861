// The umbrella: what other Swift programs import.
@_exported import DomainLearning
@_exported import Encoding
@_exported import GraphicalModels
@_exported import Identifiers
@_exported import MarginalSynthesis
@_exported import Privacy
@_exported import Quality
@_exported import Releases
@_exported import Tables
