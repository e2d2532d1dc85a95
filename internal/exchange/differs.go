package exchange

import "slices"

// Differs compares answers with the file's in what a client acts on: the code,
// then the content. It is for an exchange that judges no exercise, where Judge
// has nothing to look at, and forgives all that Judge forgives. It returns nil
// when they agree; only a script that Awaits an answer can fail.
func (x *Exchange) Differs(t *Transcript) *Failure {
	acted := *x
	acted.Judges = []Judgement{{Aspect: Status}, {Aspect: Body}}
	f := acted.Judge(t)
	if f != nil {
		f.Saw = "differs from the reference: " + f.Saw
	}
	return f
}

// Awaits says whether the script awaits an answer, so that one can be compared.
func (x *Exchange) Awaits() bool {
	return slices.ContainsFunc(x.Script, func(a Action) bool { return a.Kind == Expect })
}
