"""What the database keeps of certificates: nothing of them changes but their life, step by step.

One more step exists after erasure (domain: retention): name, facts and bytes go, all at once.
"""

from leerlijn.guards import Guard, refuse, refuse_clearing, refuse_replacing

CERTIFICATE = "certificates_certificate"
DOCUMENT = "certificates_certificatedocument"
SERIES = "certificates_numberseries"


def changed(*columns):
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


BURIED_NOW = "NEW.buried_at IS NOT NULL AND OLD.buried_at IS NULL"
NOT_BURIED_NOW = f"NOT ({BURIED_NOW})"
NEVER = (
    *("id", "number", "code", "hand_code", "enrolment_id", "sha256", "award_date"),
    *("issued_at", "issued_by_id", "replaces_id"),
)
LIFE = ("status", "ended_at", "ended_by_id", "end_category", "shown")
THE_SAME = (
    "kept.id = NEW.id OR kept.number = NEW.number OR kept.code = NEW.code"
    " OR kept.replaces_id = NEW.replaces_id OR kept.enrolment_id = NEW.enrolment_id"
    " AND kept.status = 'valid' AND NEW.status = 'valid'"
)
CLEAR = f"UPDATE {DOCUMENT} SET pdf = %s WHERE certificate_id = NEW.id"
CLEAR_SQLITE, CLEAR_POSTGRESQL = CLEAR % "x''", CLEAR % "''"
BYTES_GO_ALONG = Guard(
    name="the_bytes_go_with_the_facts",
    table=CERTIFICATE,
    sqlite=f"CREATE TRIGGER the_bytes_go_with_the_facts AFTER UPDATE ON {CERTIFICATE}"
    f" WHEN {BURIED_NOW} BEGIN {CLEAR_SQLITE}; END",
    postgresql=f"""
CREATE OR REPLACE FUNCTION leerlijn_clear_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {CLEAR_POSTGRESQL};
    RETURN NULL;
END $$;
CREATE TRIGGER the_bytes_go_with_the_facts AFTER UPDATE ON {CERTIFICATE}
FOR EACH ROW WHEN ({BURIED_NOW}) EXECUTE FUNCTION leerlijn_clear_bytes()
""",
)
GUARDS = [
    refuse("what_was_issued_never_changes", CERTIFICATE, "UPDATE", changed(*NEVER)),
    refuse(
        "the_facts_of_a_certificate_never_change",
        CERTIFICATE,
        "UPDATE",
        f"({changed('name', 'facts', 'evidence')}) AND {NOT_BURIED_NOW}",
    ),
    refuse(
        "a_certificate_ends_once",
        CERTIFICATE,
        "UPDATE",
        f"OLD.status <> 'valid' AND ({changed(*LIFE)}"
        f" OR NEW.end_reason <> OLD.end_reason AND {NOT_BURIED_NOW})",
    ),
    refuse(
        "a_certificate_is_buried_whole_and_stays_so",
        CERTIFICATE,
        "UPDATE",
        f"OLD.buried_at IS NOT NULL OR {BURIED_NOW} AND ({changed(*LIFE)} OR NEW.name <> ''"
        " OR NEW.facts <> '{}' OR NEW.evidence <> '[]' OR NEW.end_reason <> '')",
    ),
    BYTES_GO_ALONG,
    refuse("a_certificate_is_never_deleted", CERTIFICATE, "DELETE"),
    refuse_clearing("certificates_are_never_cleared", CERTIFICATE),
    refuse_replacing("a_certificate_is_never_overwritten", CERTIFICATE, THE_SAME),
    refuse(
        "the_bytes_of_a_certificate_never_change",
        DOCUMENT,
        "UPDATE",
        sqlite="NEW.certificate_id <> OLD.certificate_id OR length(NEW.pdf) > 0 OR NOT EXISTS"
        f" (SELECT 1 FROM {CERTIFICATE} WHERE id = OLD.certificate_id AND buried_at IS NOT NULL)",
        # Only from within a trigger: of the guards, that is the one that buries.
        postgresql="NEW.certificate_id <> OLD.certificate_id OR length(NEW.pdf) > 0"
        " OR pg_trigger_depth() = 0",
    ),
    refuse("the_bytes_of_a_certificate_are_never_deleted", DOCUMENT, "DELETE"),
    refuse_clearing("the_bytes_of_certificates_are_never_cleared", DOCUMENT),
    refuse_replacing(
        "the_bytes_of_a_certificate_are_never_overwritten",
        DOCUMENT,
        "kept.certificate_id = NEW.certificate_id",
    ),
    refuse(
        "numbers_never_go_back",
        SERIES,
        "UPDATE",
        "NEW.last < OLD.last OR NEW.year <> OLD.year",
    ),
    refuse("a_series_of_numbers_is_never_deleted", SERIES, "DELETE"),
    refuse_clearing("series_of_numbers_are_never_cleared", SERIES),
    refuse_replacing("a_series_of_numbers_is_never_overwritten", SERIES, "kept.year = NEW.year"),
]
