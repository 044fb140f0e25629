"""Un appel : ce qu'on en retient, et qui a lu les achats en cours pendant qu'il durait."""

from datetime import datetime

from django.db import IntegrityError, transaction

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.models import Adherent, NoteDAppel, RegardSurLesAchats
from beffroi.centre.adherents.services.annuaire import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.dates import PARIS


@transaction.atomic
def noter_un_appel(
    *, adherent: Adherent, texte: str, par: Utilisateur, maintenant: datetime
) -> NoteDAppel:
    """Horodatée, signée ; le journal garde qui et quand, jamais le texte.

    La même, renvoyée dans la minute, est un second clic : elle ne s'écrit qu'une fois.
    """
    exiger(rules.peut_noter(texte))
    adherent = verrouiller(adherent, avec=("organisme",))
    deja = NoteDAppel.objects.filter(
        adherent=adherent,
        ecrite_par=par,
        texte=texte.strip(),
        ecrite_le__gt=rules.second_clic_depuis(maintenant),
    ).first()
    if deja is not None:
        return deja
    note = NoteDAppel.objects.create(
        adherent=adherent, texte=texte.strip(), ecrite_par=par, ecrite_le=maintenant
    )
    donnees = {"note": note.reference}
    noter("noter_un_appel", adherent, par=par.acteur, le=maintenant, donnees=donnees)
    return note


@transaction.atomic
def regarder_les_achats(*, adherent: Adherent, par: Utilisateur, maintenant: datetime) -> bool:
    """Au journal de la commune, une fois par jour et par personne ;
    dit si c'était la première fois du jour.
    """
    jour = maintenant.astimezone(PARIS).date()
    deja = RegardSurLesAchats.objects.filter(adherent=adherent, par=par, jour=jour)
    if deja.exists():
        return False
    try:
        with transaction.atomic():
            RegardSurLesAchats.objects.create(adherent=adherent, par=par, jour=jour, le=maintenant)
    except IntegrityError:
        # Deux pages ouvertes au même instant : l'autre l'a écrit.
        return False
    donnees = {"jour": jour.isoformat()}
    noter("regarder_les_achats", adherent, par=par.acteur, le=maintenant, donnees=donnees)
    return True


@transaction.atomic
def effacer_une_note(*, note: NoteDAppel, maintenant: datetime) -> None:
    """Son texte s'en va (RGPD, art. 5, § 1, e) ; qui l'avait écrite, et quand, reste."""
    note = verrouiller(note, avec=("adherent__organisme",))
    if note.effacee_le is not None:
        return
    note.texte, note.effacee_le = "", maintenant
    note.save(update_fields=["texte", "effacee_le"])
    donnees = {"note": note.reference}
    noter("effacer_une_note", note.adherent, par=PLATEFORME, le=maintenant, donnees=donnees)
