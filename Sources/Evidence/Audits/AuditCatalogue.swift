/// Every audit of the program's own mechanisms, in the order in which noise is built up: samplers,
/// questions, synthesizers.
package enum AuditCatalogue {
  package static var all: [Audit] { SamplerAudits.all + QuestionAudits.all + SynthesizerAudits.all }
}
