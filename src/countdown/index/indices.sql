-- Created after the rows are in: sorting once is cheaper than keeping them sorted.

CREATE INDEX release_id ON release (id);
CREATE INDEX former_id_id ON former_id (id);
CREATE INDEX release_undated ON release (stage) WHERE has_date = 0;
CREATE INDEX release_shelved ON release (shelved_from) WHERE shelved_from IS NOT NULL;
CREATE INDEX release_sequel ON release (sequel_to) WHERE sequel_to IS NOT NULL;
CREATE INDEX effective_date_order ON effective_date (region, type, outcome, latest, width, release);
CREATE INDEX effective_date_exact ON effective_date (region, type, latest) WHERE exact = 1;
CREATE INDEX effective_date_release ON effective_date (release, region, type);
CREATE INDEX title_folded ON title (folded, release);
CREATE INDEX person_folded ON person (folded);
CREATE INDEX credit_person ON credit (person, job, release);
CREATE INDEX release_label_label ON release_label (label, release);
