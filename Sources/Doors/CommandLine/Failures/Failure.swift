import Understudy

/// A fault as the command line reports it: the same as a program gets.
package typealias Failure = UnderstudyError
