"""Ce que les écrans et les actes lisent d'une reprise."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.rules.reprises import peut_annuler
from beffroi.centre.conventions.states import Etat
from beffroi.centre.reprises import plan
from beffroi.centre.reprises.models import CopieDeReprise, LigneDeReprise, Reprise, Vague
from beffroi.centre.reprises.rules.lignes import Connu
from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations.erreurs import Introuvable


def reprises() -> QuerySet[Reprise]:
    return Reprise.objects.select_related("depose_par").order_by("-depose_le", "-pk")


def reprise_pour(reference: str) -> Reprise:
    trouvee = reprises().filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def vagues_de(reprise: Reprise) -> list[Vague]:
    """Celles qui comptent encore, dans leur ordre."""
    siennes = Vague.objects.filter(reprise=reprise, defaite_le=None)
    return list(siennes.select_related("composee_par", "lancee_par").order_by("numero"))


def vague_pour(reprise: Reprise, numero: int) -> Vague:
    siennes = Vague.objects.filter(reprise=reprise, numero=numero, defaite_le=None)
    trouvee = siennes.select_related("reprise", "composee_par", "lancee_par").first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def lignes_de(reprise: Reprise) -> list[LigneDeReprise]:
    return list(LigneDeReprise.objects.filter(reprise=reprise).order_by("numero"))


def copies_de(reprise: Reprise) -> list[CopieDeReprise]:
    return list(CopieDeReprise.objects.filter(reprise=reprise))


def copies_gardees(reprise: Reprise) -> dict[str, CopieDeReprise]:
    """Par nom plié."""
    return {copie.nom_plie: copie for copie in copies_de(reprise) if not copie.refus}


def apercu(reprise: Reprise, *, aujourd_hui: date) -> plan.Plan:
    """Où en est chaque ligne à cet instant ; quatre lectures, quel que soit leur nombre."""
    copies = {nom: copie.nom for nom, copie in copies_gardees(reprise).items()}
    return plan.composer(lignes_de(reprise), connus(), copies, aujourd_hui=aujourd_hui)


def connus(sirens: Collection[str] | None = None) -> Mapping[str, Connu]:
    """Ce que l'annuaire et les conventions savent, par SIREN ; de tous, ou de ceux-là."""
    adherents = Adherent.objects.select_related("successeur")
    vivantes = Convention.objects.exclude(etat=Etat.CLOSE)
    if sirens is not None:
        adherents = adherents.filter(siren__in=sirens)
        vivantes = vivantes.filter(adherent__siren__in=sirens)
    en_vie = {
        convention.adherent_id: f"{convention.reference}, {Etat(convention.etat).label.lower()}"
        for convention in vivantes
    }
    return {adherent.siren: _connu(adherent, en_vie) for adherent in adherents}


def _connu(adherent: Adherent, en_vie: Mapping[int, str]) -> Connu:
    successeur = adherent.successeur
    return Connu(
        nom=adherent.nom,
        nature=adherent.nature,
        siret=adherent.siret,
        est_active=adherent.organisme_id is not None,
        en_vie=en_vie.get(adherent.pk, ""),
        successeur=successeur.nom if successeur else "",
        siren_du_successeur=successeur.siren if successeur else "",
        succede_le=adherent.succede_le,
    )


def ce_qui_la_retient(conventions: Collection[Convention]) -> dict[int, str]:
    """Pour celles qui ne s'annulent plus, pourquoi ; trois lectures, quel que soit leur nombre."""
    organismes = {une.adherent.organisme_id for une in conventions} - {None}
    tenues = Habilitation.objects.filter(organisme__in=organismes, jusqu_au=None)
    venues = set(tenues.values_list("organisme_id", flat=True))
    actives = set(
        Consultation.toutes.filter(organisme__in=organismes).values_list("organisme_id", flat=True)
    )
    appelees = set(
        Contribution.objects.filter(
            convention__in=[une.reference for une in conventions]
        ).values_list("convention", flat=True)
    )
    retenues = {}
    for une in conventions:
        decision = peut_annuler(
            est_venue=une.adherent.organisme_id in venues,
            a_agi=une.adherent.organisme_id in actives,
            est_appelee=une.reference in appelees,
            court=une.court,
        )
        if not decision.favorable:
            retenues[une.pk] = decision.motifs[0].texte
    return retenues
