// The umbrella module that other Swift programs import.
@_exported import Accounting
@_exported import ColumnRoles
@_exported import Curation
@_exported import DelimitedText
@_exported import DomainLearning
@_exported import Encoding
@_exported import GraphicalModels
@_exported import Ledger
@_exported import MarginalSynthesis
@_exported import Mechanisms
@_exported import ProseRedaction
@_exported import Pseudonyms
@_exported import Quality
@_exported import Releases
@_exported import SchemaFiles
@_exported import Tables
@_exported import Words
