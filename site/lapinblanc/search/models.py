"""What the search keeps beside its indexes: which are active, what waits for them, editors' synonyms, counts of searches, alerts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lapinblanc import clock
from lapinblanc.choices import TextChoices
from lapinblanc.search.analysis.synonyms import RuleError, parse


class ActiveIndex(models.Model):
    """An index that must follow every change, with the progress of its rebuild and its last failure."""

    name = models.CharField(max_length=40, primary_key=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    rebuilt_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class QueuedChange(models.Model):
    """A page of a source that an index must read again. Written by triggers, taken by the job."""

    index = models.CharField(max_length=40)
    source = models.CharField(max_length=20)
    key = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["index", "id"], name="search_change_by_index")]


class Language(TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class SynonymRule(models.Model):
    """A line of synonyms that editors add to those of the site."""

    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    rule = models.CharField(_("rule"), max_length=200, help_text=_("a = b: the same · a ~ b, c: also show b and c · a > b, c: a is the general word"))
    note = models.CharField(_("why"), max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "rule"], name="synonym_rule_once")]

    def __str__(self) -> str:
        return self.rule

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        try:
            if parse(self.rule) is None:
                raise RuleError(_("Write a rule, not a comment."))
        except RuleError as wrong:
            raise ValidationError({"rule": str(wrong)}) from wrong


class SearchCount(models.Model):
    """How often a question was asked on a day, and how many results it had: no person, no hour, no address."""

    day = models.DateField(default=clock.today)
    text = models.CharField(max_length=80)
    searches = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "text"], name="search_count_once_a_day")]
        indexes: ClassVar = [models.Index(fields=["text", "-day"], name="search_count_by_text")]

    def __str__(self) -> str:
        return self.text


class ClickCount(models.Model):
    """How often a result was chosen for a question on a day."""

    day = models.DateField(default=clock.today)
    text = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    key = models.BigIntegerField()
    place = models.PositiveSmallIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "text", "kind", "key"], name="click_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.text} → {self.kind} {self.key}"


class SavedSearch(models.Model):
    """A search that a person wants to hear of: new creations that answer it come by mail, once a day at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    text = models.CharField(_("words"), max_length=200, blank=True)
    query = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    told_until = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("saved search")
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.text
