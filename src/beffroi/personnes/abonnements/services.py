"""Demander, confirmer, arrêter, avertir."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string

from beffroi.personnes.abonnements import jetons, queries, rules
from beffroi.personnes.abonnements.models import AdresseAbonnee, Nouvelle, Suivi
from beffroi.socle.fondations import exploitant, outbox
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a, ecrire_courriel
from beffroi.socle.fondations.verrous import a_verrouiller
from formats.dates import jour

CLES = "abonnement:"
SUIVIS_PAR_LOT = 50


@dataclass(frozen=True)
class Sujet:
    """Ce qui se suit : un mot opaque, son libellé, sa page."""

    cle: str
    libelle: str
    page: str


@dataclass(frozen=True)
class Annonce:
    """Ce qui est arrivé à un sujet.

    `cle` : la même n'écrit qu'une fois. `presse` : n'attend pas le résumé du jour.
    """

    cle: str
    titre: str
    texte: str
    page: str
    presse: bool = False


@transaction.atomic
def demander(
    *, courriel: str, sujet: Sujet, maintenant: datetime, cadence: str = Suivi.Cadence.INSTANT.value
) -> None:
    """Premier temps : écrit à l'adresse de quoi confirmer.

    Ne rend rien : nul n'apprend si elle était connue.
    """
    suivi = _demande(courriel, sujet, cadence=cadence, maintenant=maintenant)
    if suivi is None:
        return
    destinataire = suivi.adresse.courriel
    permis = rules.peut_ecrire(
        ecrits=queries.courriels_de_demande(destinataire),
        ce_sujet=queries.courriels_de_demande(destinataire, f"{suivi.reference}:"),
        maintenant=maintenant,
    )
    if permis:
        _ecrire_la_demande(suivi, maintenant=maintenant)


def _demande(courriel: str, sujet: Sujet, *, cadence: str, maintenant: datetime) -> Suivi | None:
    adresse, _ = AdresseAbonnee.objects.get_or_create(
        courriel=queries.normalise(courriel), defaults={"donnee_le": maintenant}
    )
    suivi = adresse.suivis.filter(sujet=sujet.cle).first()
    if suivi is None:
        if adresse.suivis.filter(confirme_le=None).count() >= rules.DEMANDES_EN_ATTENTE:
            return None
        return Suivi.objects.create(
            adresse=adresse,
            sujet=sujet.cle,
            libelle=sujet.libelle[:250],
            page=sujet.page,
            cadence=cadence,
            demande_le=maintenant,
        )
    if suivi.confirme_le is None:
        suivi.demande_le, suivi.cadence = maintenant, cadence
        suivi.save(update_fields=["demande_le", "cadence"])
    return suivi


def _ecrire_la_demande(suivi: Suivi, *, maintenant: datetime) -> None:
    """À qui suit déjà, le courriel le dit, et donne de quoi arrêter."""
    ecrire_a(
        suivi.adresse.courriel,
        cle=f"{CLES}demande:{suivi.reference}:{maintenant.isoformat()}",
        sujet="Vous suivez déjà" if suivi.confirme_le else "Confirmez que vous voulez être prévenu",
        gabarit="abonnements/courriels/demande.txt",
        contexte={
            "suivi": suivi,
            "confirmer": jetons.lien_de_confirmation(suivi),
            "gerer": jetons.lien_de_gestion(suivi.adresse),
            "page": f"{settings.ADRESSE_PUBLIQUE}{suivi.page}",
        },
        maintenant=maintenant,
    )


@transaction.atomic
def confirmer(*, suivis: Sequence[Suivi], maintenant: datetime) -> None:
    """Second temps : la personne a pressé le bouton, depuis le lien reçu.

    Une adresse refusée reprend vie.
    """
    pks = [suivi.pk for suivi in suivis]
    Suivi.objects.filter(pk__in=pks, confirme_le=None).update(confirme_le=maintenant)
    AdresseAbonnee.objects.filter(suivis__in=pks).update(refusee_le=None)


@transaction.atomic
def suivre(*, courriel: str, sujet: Sujet, maintenant: datetime) -> Suivi | None:
    """Un suivi pour une adresse que son compte a déjà prouvée : le second temps a eu lieu."""
    suivi = _demande(courriel, sujet, cadence=Suivi.Cadence.INSTANT, maintenant=maintenant)
    if suivi is not None:
        confirmer(suivis=[suivi], maintenant=maintenant)
    return suivi


@transaction.atomic
def arreter(*, suivis: Sequence[Suivi]) -> None:
    """Arrête ces suivis, et ce qui n'est pas encore parti ; le dernier arrêt efface l'adresse."""
    for suivi in suivis:
        outbox.effacer(f"{CLES}{suivi.reference}:")
    adresses = {suivi.adresse_id for suivi in suivis}
    Suivi.objects.filter(pk__in=[suivi.pk for suivi in suivis]).delete()
    _effacer_les_adresses_vides(adresses)


def _effacer_les_adresses_vides(parmi: set[int]) -> None:
    vides = AdresseAbonnee.objects.filter(pk__in=parmi, suivis=None)
    for adresse in vides:
        outbox.effacer(CLES, destinataire=adresse.courriel)
    AdresseAbonnee.objects.filter(pk__in=[adresse.pk for adresse in vides]).delete()


def changer_de_cadence(*, suivi: Suivi, cadence: str) -> None:
    Suivi.objects.filter(pk=suivi.pk).update(cadence=Suivi.Cadence(cadence))


@transaction.atomic
def avertir(*, sujet: str, annonce: Annonce, maintenant: datetime) -> int:
    """Écrit à tous ceux qui suivent ce sujet ; rend leur nombre.

    L'acte qui annonce tient le verrou du journal jusqu'à sa fin, et tout dépôt l'attend. Au-delà
    d'un lot, il n'inscrit donc que le travail à faire, dans sa transaction ; l'ouvrier écrit les
    courriels, avec ce que l'acte a dit.
    """
    suivis = list(queries.suivis_du_sujet(sujet).values_list("pk", flat=True))
    if len(suivis) <= SUIVIS_PAR_LOT:
        ecrire_un_lot(suivis=suivis, annonce=annonce, maintenant=maintenant)
        return len(suivis)
    for lot in batched(suivis, SUIVIS_PAR_LOT):
        annoncer_a_un_lot.enqueue(list(lot), asdict(annonce), maintenant.isoformat())
    return len(suivis)


@task()
def annoncer_a_un_lot(suivis: list[int], annonce: dict[str, Any], le: str) -> None:
    """Le même lot, recommencé, n'écrit pas deux fois : la clé de l'annonce est celle de l'acte."""
    ecrire_un_lot(suivis=suivis, annonce=Annonce(**annonce), maintenant=datetime.fromisoformat(le))


@transaction.atomic
def ecrire_un_lot(*, suivis: Sequence[int], annonce: Annonce, maintenant: datetime) -> None:
    """Refait, n'écrit rien de plus ; qui s'est retiré entre-temps ne reçoit rien."""
    for suivi in (
        queries.suivis_vivants().filter(pk__in=suivis).select_related("adresse").order_by("pk")
    ):
        if annonce.presse or suivi.cadence == Suivi.Cadence.INSTANT:
            _ecrire_l_annonce(suivi, annonce, maintenant=maintenant)
            continue
        Nouvelle.objects.get_or_create(
            suivi=suivi,
            cle=annonce.cle,
            defaults={"titre": annonce.titre[:250], "page": annonce.page, "ecrite_le": maintenant},
        )


def _ecrire_l_annonce(suivi: Suivi, annonce: Annonce, *, maintenant: datetime) -> None:
    arret = jetons.lien_d_arret(suivi)
    ecrire_courriel(
        cle=f"{CLES}{suivi.reference}:{annonce.cle}",
        destinataire=suivi.adresse.courriel,
        sujet=annonce.titre,
        texte=f"{annonce.texte}\n{pied(arret, jetons.lien_de_gestion(suivi.adresse))}",
        maintenant=maintenant,
        arret=arret,
    )


def pied(arret: str, gerer: str, *, arretes: int = 0) -> str:
    """Dit ce que le lien arrête : ce suivi ; ou, au pied d'un résumé, `arretes` suivis."""
    contexte = {"arret": arret, "gerer": gerer, "arretes": arretes, "service": exploitant.service()}
    return render_to_string("abonnements/courriels/pied.txt", contexte)


def pied_du_resume(adresse: AdresseAbonnee, genres: Iterable[str], arret: str) -> str:
    arretes = queries.suivis_du_resume(genres).filter(adresse=adresse).count()
    return pied(arret, jetons.lien_de_gestion(adresse), arretes=arretes)


def cle_du_resume(adresse: AdresseAbonnee, nom: str, jusqu_a: datetime) -> str:
    """Le jour est dans la clé : un seul résumé de ce nom par jour et par adresse."""
    return f"{CLES}{adresse.reference}:{nom}:{jusqu_a.date().isoformat()}"


def est_ecrit(cle: str) -> bool:
    return Courriel.objects.filter(cle=cle).exists()


def prendre(adresse: int) -> bool:
    """L'adresse pour soi : deux ouvriers ne lui écrivent pas la même chose.

    Faux si elle vient de partir ou d'être refusée.
    """
    return (
        a_verrouiller(AdresseAbonnee.objects.filter(pk=adresse, refusee_le=None)).first()
        is not None
    )


@transaction.atomic
def ecrire_le_resume(*, adresse: AdresseAbonnee, jusqu_a: datetime, maintenant: datetime) -> None:
    """Un courriel pour toutes les nouvelles d'une adresse."""
    cle = cle_du_resume(adresse, "resume", jusqu_a)
    if not prendre(adresse.pk) or est_ecrit(cle):
        # Une nouvelle validée après le résumé attend celui de demain : la même clé l'aurait perdue.
        return
    nouvelles = list(
        Nouvelle.objects.filter(suivi__adresse=adresse, ecrite_le__lt=jusqu_a).select_related(
            "suivi"
        )
    )
    genres = {nouvelle.suivi.genre for nouvelle in nouvelles}
    arret = jetons.lien_d_arret_du_resume(adresse, genres)
    lignes = [
        f"- {nouvelle.titre} : {settings.ADRESSE_PUBLIQUE}{nouvelle.page}" for nouvelle in nouvelles
    ]
    ecrire_courriel(
        cle=cle,
        destinataire=adresse.courriel,
        sujet=f"Vos suivis, résumé du {jour(jusqu_a)}",
        texte="\n".join(
            ["Depuis le dernier résumé :", *lignes, "", pied_du_resume(adresse, genres, arret)]
        ),
        maintenant=maintenant,
        arret=arret,
    )
    Nouvelle.objects.filter(pk__in=[nouvelle.pk for nouvelle in nouvelles]).delete()


@transaction.atomic
def rappeler_le_lien(*, courriel: str, maintenant: datetime) -> None:
    """Renvoie le lien de « mes suivis » à qui l'a perdu ; à une adresse inconnue, rien.

    La page dit la même chose.
    """
    adresse = AdresseAbonnee.objects.filter(courriel=queries.normalise(courriel)).first()
    if adresse is None or not queries.suivis_de(adresse).exists():
        return
    ecrits = queries.courriels_de_demande(adresse.courriel)
    ce_sujet = queries.courriels_de_demande(adresse.courriel, f"{adresse.reference}:")
    if rules.peut_ecrire(ecrits=ecrits, ce_sujet=ce_sujet, maintenant=maintenant):
        ecrire_a(
            adresse.courriel,
            cle=f"{CLES}demande:{adresse.reference}:{maintenant.isoformat()}",
            sujet="Le lien de vos suivis",
            gabarit="abonnements/courriels/lien.txt",
            contexte={"gerer": jetons.lien_de_gestion(adresse)},
            maintenant=maintenant,
        )


@transaction.atomic
def noter_le_refus(*, courriel: str, le: datetime) -> None:
    AdresseAbonnee.objects.filter(courriel=queries.normalise(courriel)).update(refusee_le=le)


@transaction.atomic
def effacer_les_demandes(*, avant: datetime) -> int:
    """Efface ce que personne n'a confirmé, et l'adresse avec."""
    perimees = list(Suivi.objects.filter(confirme_le=None, demande_le__lte=avant))
    arreter(suivis=perimees)
    return len(perimees)
