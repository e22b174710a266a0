"""What the database keeps of erasing: who was erased stays written down, without a name."""

from leerlijn.guards import refuse, refuse_clearing, refuse_replacing

TABLE = "participants_erased"
SAME = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}"
    for column in ("id", "person", "salt", "digest", "erased_at")
)
GUARDS = [
    refuse("who_was_erased_is_never_changed", TABLE, "UPDATE", SAME),
    refuse("who_was_erased_is_never_forgotten", TABLE, "DELETE"),
    refuse_clearing("the_erased_are_never_cleared", TABLE),
    refuse_replacing(
        "who_was_erased_is_never_replaced", TABLE, "kept.id = NEW.id OR kept.person = NEW.person"
    ),
]
