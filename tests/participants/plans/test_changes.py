from participants.plans import actions, changes
from tests.participants.plans.scene import upload


def pieces(found):
    return [(piece.kind, piece.text) for piece in found]


def test_words_that_came_and_went_are_told_apart():
    now, before = changes.words("Ik zeg soms nee.", "Ik zeg altijd rustig nee.")
    assert pieces(now) == [
        ("same", "Ik zeg "),
        ("added", "altijd rustig "),
        ("same", "nee."),
    ]
    assert pieces(before) == [("same", "Ik zeg "), ("removed", "soms "), ("same", "nee.")]


def test_nothing_is_lost_or_made_up():
    old, new = "  Een\n\ntwee drie ", "Een\ntwee  vier"
    now, before = changes.words(old, new)
    assert "".join(piece.text for piece in now) == new
    assert "".join(piece.text for piece in before) == old


def versions(world, *texts):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    facts = {"by": world.participant, "share": True}
    return [actions.add_version(plan, sections=text, **facts) for text in texts]


def test_each_part_says_in_a_word_what_happened_to_it_in_the_order_of_the_plan(world):
    old, new = versions(
        world,
        {"goed": "Luisteren", "leren": "Nee", "rol": "Zelf"},
        {"goed": "Luisteren", "leren": "Ja", "nodig": "Tijd"},
    )
    found = [(one.section, one.state) for one in changes.between(new, old)]
    assert found == [("goed", "same"), ("leren", "changed"), ("rol", "gone"), ("nodig", "new")]
    assert changes.labels_of_changed(new, old) == [
        "Wat wil ik leren?",
        "Mijn rol en meerwaarde",
        "Wie en wat heb ik nodig?",
    ]


def test_a_first_version_has_nothing_to_compare_with(world):
    [only] = versions(world, {"goed": "Luisteren"})
    assert [one.state for one in changes.between(only, None)] == [""]
    assert [labels for _version, _earlier, labels in changes.told([only])] == [[]]


def test_a_goal_that_moved_is_the_same_goal(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    add = {"by": world.participant}
    _one, two = (
        actions.add_goal(plan, what="Een", **add),
        actions.add_goal(plan, what="Twee", **add),
    )
    old = actions.share(plan, by=world.participant)
    actions.move_goal(two, 1, by=world.participant)
    actions.change_goal(two, what="Twee anders", by=world.participant)
    new = actions.share(plan, by=world.participant)
    assert [(one.label, one.state) for one in changes.between(new, old)] == [
        ("Leerdoel 1", "changed"),
        ("Leerdoel 2", "same"),
    ]


def test_around_a_file_nothing_is_called_changed(world):
    [written] = versions(world, {"goed": "Luisteren"})
    filed = actions.add_version(written.plan, by=world.participant, upload=upload(), share=True)
    told = changes.told([filed, written])
    assert [labels for _version, _earlier, labels in told] == [[], []]
