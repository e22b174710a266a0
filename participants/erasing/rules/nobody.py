"""What stays, with the reason; and what is dealt with where it stands."""

from allauth.account.models import EmailConfirmation
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model

from participants.enrolments.models import Enrolment
from participants.erasing.models import Keeping
from participants.erasing.registry import stays
from participants.exports.models import Export
from participants.files.models import StoredFile
from participants.messages.models import Message, ReminderText
from participants.placements.models import Supervisor
from participants.sessions.models import Session
from participants.sessions.proofs import SessionProof
from participants.setup.models import NormsChange

AS_NOBODY = "of a whole group or of others; whoever made it is nobody any more"

stays(get_user_model(), "goes; where others lean on it, an empty shell stays (actions)")
stays(Enrolment, "goes; with a certificate an empty shell stays (actions)")
stays(StoredFile, "goes, row and bytes, unless it hangs on something of others (papers)")
stays(LogEntry, "what names a row that goes, goes with it (traces)")
stays(Message, "goes with its last reader (traces); else it is for others")
stays(Export, "that it was taken along stays; its file and what was searched go (traces)")
stays(EmailConfirmation, "goes with its address")
stays(Keeping, AS_NOBODY)
stays(NormsChange, AS_NOBODY)
stays(ReminderText, AS_NOBODY)
stays(Session, AS_NOBODY)
stays(SessionProof, "a signed list of a group: names on paper of others cannot be taken out")
stays(Supervisor, "about somebody else, with a term of its own")
