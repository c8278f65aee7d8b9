-- Made after the rows are in: sorting once is cheaper than keeping sorted.

CREATE INDEX release_id ON release (id);
CREATE INDEX release_undated ON release (stage) WHERE dated = 0;
CREATE INDEX release_sequel ON release (sequel_to) WHERE sequel_to IS NOT NULL;
CREATE INDEX counting_order ON counting (region, type, settles, latest, width, release);
CREATE INDEX counting_exact ON counting (region, type, latest) WHERE exact = 1;
CREATE INDEX counting_release ON counting (release, region, type);
CREATE INDEX title_folded ON title (folded, release);
CREATE INDEX person_folded ON person (folded);
CREATE INDEX credit_person ON credit (person, job, release);
CREATE INDEX labelled_label ON labelled (label, release);
