"""What we let people hear unasked: one reminder a week at most, and messages of staff.

- ``points``: what a reminder may be about, as SQL about an enrolment;
- ``reminding``: who gets one when, holding one back, and sending them (``tick``);
- ``calling``: who did not answer two of them, and "gebeld";
- ``texts``: what stands in a reminder, editable per cohort;
- ``writing``: a message of staff to chosen people.
"""
