"""What the database keeps of criteria: one that somebody goes by stays as it was asked.

Pinned on a cohort, or prepared for by somebody: in other words it is another criterion
(participants.setup.criteria). The same rule, for whoever writes past it. A talk that was planned
has its own copy of the words.
"""

from leerlijn.guards import Guard, refuse, refuse_replacing

CRITERION = "participants_interviewcriterion"
PINNED = "participants_cohortcriterion"
GONE_BY = (PINNED, "participants_evidenceitem")
WORDS = ("track_id", "title", "explanation", "example_question", "hint", "required")
REWORDED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in WORDS)
NAME = "a_criterion_that_was_asked_keeps_its_words"


def asked(row):
    """SQL: whether anything goes by the criterion ``row``."""
    found = (f"EXISTS (SELECT 1 FROM {table} WHERE criterion_id = {row}.id)" for table in GONE_BY)
    return " OR ".join(found)


REWORDED_ON_SQLITE = REWORDED.replace("IS DISTINCT FROM", "IS NOT")
GUARDS = [
    Guard(
        name=NAME,
        table=CRITERION,
        sqlite=f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {CRITERION}"
        f" WHEN ({REWORDED_ON_SQLITE}) AND ({asked('OLD')})"
        f" BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
        # Here a condition cannot look at another table, so the function does.
        postgresql=f"""
CREATE OR REPLACE FUNCTION leerlijn_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {asked("OLD")} THEN
        RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {NAME} BEFORE UPDATE ON {CRITERION}
FOR EACH ROW WHEN ({REWORDED}) EXECUTE FUNCTION leerlijn_keep_words()
""",
    ),
    refuse_replacing(
        "a_criterion_that_was_asked_is_never_replaced",
        CRITERION,
        f"kept.id = NEW.id AND ({asked('kept')})",
    ),
    refuse("what_was_pinned_on_a_cohort_stays_as_it_was", PINNED, "UPDATE"),
]
