"""The site of administrators: accounts, roles and settings. Nothing that is ruled by actions.

Only what is registered here can be reached; hours, plans, interviews, enrolments,
certificates and events are not (domain: who may do what).
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.accounts import actions, names, phones
from participants.accounts.models import Role, User
from participants.events.actions import decided
from participants.placements.models import LearningPlace
from participants.tracks.models import Cohort, LearningTrack
from participants.trainings.models import Training, TrainingDate


class Site(admin.AdminSite):
    """Opens for whoever holds the role of administrator, whatever Django's own flags say."""

    site_header = _("Beheer van Leerlijn")
    site_title = _("Beheer")
    index_title = _("Personen en instellingen")
    site_url = "/meer/"

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.is_staff

    def password_change(self, request, extra_context=None):
        """The one page for a password, which asks for the second factor where it has to."""
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("overview:more")


site = Site(name="admin")


class ByAdministrators:
    """Every administrator may look, add and change; nothing is deleted."""

    def has_module_permission(self, request):
        return site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return site.has_permission(request)

    def has_add_permission(self, request, obj=None):
        return site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        return site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


class Page(ByAdministrators, admin.ModelAdmin):
    """The pages of one model; their titles begin with a capital."""

    def render_change_form(self, request, context, *args, **kwargs):
        context["title"] = capfirst(context["title"])
        return super().render_change_form(request, context, *args, **kwargs)


class RoleForm(forms.ModelForm):
    def clean(self):
        # What the database asks too, said beside the field.
        cleaned = super().clean()
        local = cleaned.get("kind") in (Role.Kind.TRAINER, Role.Kind.ASSESSOR)
        if local and not cleaned.get("cohort"):
            self.add_error("cohort", _("Kies de lichting van deze trainer of beoordelaar."))
        return cleaned


class RoleFormSet(forms.BaseInlineFormSet):
    """Refuses to let an administrator shut the own door; ``by`` is set by the admin."""

    by = None

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            role = form.instance
            if role.kind == Role.Kind.ADMINISTRATOR and role.user_id == self.by.pk:
                raise ValidationError(
                    _("Je kunt je eigen beheer niet weghalen. Vraag het een andere beheerder.")
                )


class RoleInline(ByAdministrators, admin.TabularInline):
    model = Role
    form = RoleForm
    formset = RoleFormSet
    extra = 0
    autocomplete_fields = ["cohort"]

    def get_formset(self, request, obj=None, **kwargs):
        return type("Roles", (super().get_formset(request, obj, **kwargs),), {"by": request.user})

    def has_change_permission(self, request, obj=None):
        return False  # a role is given or taken, never turned into another

    def has_delete_permission(self, request, obj=None):
        return site.has_permission(request)


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email", "phone", "is_active"]

    def clean_name(self):
        return names.cleaned(self.cleaned_data["name"])

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_phone(self):
        return phones.cleaned(self.cleaned_data["phone"])


@admin.register(User, site=site)
class UserAdmin(Page):
    """People. They log in with a mailed code and choose a password themselves."""

    form = UserForm
    list_display = ["full_name", "email", "is_active"]
    list_filter = ["is_active", "roles__kind"]
    search_fields = ["name", "email"]
    inlines = [RoleInline]

    @admin.display(description=_("naam"), ordering="name_key")
    def full_name(self, person):
        return person.name

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(names.matching(search_term)), False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        email, obj.email = obj.email, form.initial.get("email", obj.email)
        super().save_model(request, obj, form, change)
        decided("person_changed" if change else "registered", obj, by=request.user)
        if email != obj.email:
            actions.change_email(obj, email, by=request.user)

    def save_formset(self, request, form, formset, change):
        """Roles come and go by the actions, so that each leaves a decision."""
        for role in formset.save(commit=False):
            actions.give_role(role.user, role.kind, cohort=role.cohort, by=request.user)
        for role in formset.deleted_objects:
            actions.take_role(role, by=request.user)


class ToLookAt(Page):
    """What is arranged on pages of its own, where its rules are kept (participants.setup)."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(LearningTrack, site=site)
class TrackAdmin(ToLookAt):
    list_display = ["name", "provider", "is_active"]


@admin.register(Cohort, site=site)
class CohortAdmin(ToLookAt):
    list_display = ["name", "track", "starts_on", "ends_on"]
    list_filter = ["track"]
    list_select_related = ["track"]
    search_fields = ["name", "track__name"]  # roles are given by it too


class TrainingDateInline(ByAdministrators, admin.TabularInline):
    model = TrainingDate
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Training, site=site)
class TrainingAdmin(ToLookAt):
    list_display = ["title", "track", "minutes", "is_active"]
    list_filter = ["is_active", "track"]
    list_select_related = ["track"]
    search_fields = ["title"]
    inlines = [TrainingDateInline]


@admin.register(LearningPlace, site=site)
class LearningPlaceAdmin(ToLookAt):
    list_display = ["organisation", "team", "district", "is_active"]
    list_filter = ["is_active", "district"]
    search_fields = ["organisation", "team"]
