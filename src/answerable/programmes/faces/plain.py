"""Words of a request's free text that name nobody: offences, legal bases, galleries and reasons for denial.

A reviewer is shown these words and no others. A word that is missing here is masked, which costs the reviewer a look at the
source; a name that stood here would be shown. No word that is also a common family or given name is on the list.
"""

from __future__ import annotations

__all__ = ["PLAIN"]

_WORDS = """
a abuse access account accident active administrative aggravated aid alert all an and approval approved armed arrest arrested arson
as assault assist attempt attempted at authorised authorized authority bank basis battery be before booking burglary bureau by
camera cannot case caught cause cctv cell check child civil clear clip code comparison compliance complete consent conspiracy
corroboration court credit crime crimes criminal custody damage danger dangerous database databases deadly death deceased denied
department deportation detail detained detention device disclosure disorderly disturbance document documents domestic dmv drive drug
drugs duplicate duty dwi edited embezzlement emergency enforcement enough evidence exigent exploitation extortion face facial failed
false federal felony file final firearm for forged forgery form found fraud from fugitive gallery general hate high hit homicide
human id identification identify identity image images immigration in incident incomplete information injury inquiry insufficient
intake intelligence international intimidation invalid investigation is issue issued jail kidnapping larceny lawful lead legal
legislation license licence local made malicious match mental misconduct misdemeanor missing mugshot mugshots murder narcotics
national neglect no none not obstruction of offence offense office on one online only open or order other out over passport patrol
pending permit person photo photograph photographs photos picture pictures policy poor possession privacy probable probation probe
property prostitution protection protective protest public purpose quality reason reasonable reckless record records refused
registry rejected request requested research resolution retail review robbery rule runaway safety sale scene search second section
security sex sexual shooting shop shoplifting single smuggling source stalking standard state statute stolen subject subpoena
supervisor suspect suspected suspicion system task technical terrorism test the theft threat threats to traffic trafficking training
trespass trespassing unauthorised unauthorized unclear under unit unknown unlawful unsolved use vandalism vehicle verification
victim video violation violence violent visa war warrant weapon weapons welfare wire with without witness
"""

PLAIN = rf"(?i)\b({'|'.join(sorted(_WORDS.split(), key=lambda word: (-len(word), word)))})\b"
"""A pattern for a word that names nobody, in whatever case; it matches the word alone."""
