"""Préparer la séance, s'y asseoir, l'installer."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from django.db import transaction

from beffroi.achat.consultations.models import Consultation, MembreQuiOuvre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import queries as depots
from beffroi.reponse.depots.models import Enveloppe, Pli
from beffroi.seance.ouverture import queries, rules
from beffroi.seance.ouverture.models import OuverturePli, Participant, Seance
from beffroi.seance.ouverture.services import code
from beffroi.seance.ouverture.services.recouvrement import annoncer_le_recouvrement
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    noter_incident,
    place_a_table,
)
from beffroi.seance.ouverture.states import FINIES, EtatDeSeance
from beffroi.socle.fondations.erreurs import ConflitEtat, RoleManquant, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir


@transaction.atomic
def preparer_seance(
    *,
    consultation: Consultation,
    presidee_par: Utilisateur,
    par: Utilisateur,
    maintenant: datetime,
    prevue_le: datetime | None = None,
    justification: str = "",
    plis: Sequence[Pli] = (),
    demande_aux_gardiens: str = "",
) -> Seance:
    """Prépare la séance.

    Avec des plis choisis, c'est une ouverture complémentaire motivée (CCP, art. R. 2151-6).
    """
    consultation = verrouiller(consultation)
    exiger_une_seule_seance(consultation)
    tour = queries.tour_a_ouvrir(consultation, plis)
    complementaire = bool(plis) or bool(justification)
    if complementaire:
        retires = sum(pli.etat == Pli.Etat.RETIRE for pli in plis)
        exiger(
            rules.ouverture_complementaire(
                justification=justification, retires=retires, choisis=len(plis)
            )
        )
    seance = Seance.objects.create(
        consultation=consultation,
        tour=tour,
        motif=Seance.Motif.COMPLEMENTAIRE if complementaire else Seance.Motif.OUVERTURE,
        justification=justification.strip(),
        presidee_par=presidee_par,
        prevue_le=prevue_le,
        creee_le=maintenant,
        par_les_gardiens=bool(demande_aux_gardiens.strip()),
        demande_ecrite=demande_aux_gardiens.strip(),
    )
    asseoir_les_membres(seance)
    if complementaire:
        proposer(
            seance, [e for pli in plis for e in pli.enveloppes.exclude(ouvertures__etat="ouverte")]
        )
    donnees = {
        "motif": seance.motif,
        "justification": seance.justification,
        "plis": [pli.reference for pli in plis],
        "presidence": presidee_par.nom,
        **({"tour": tour.reference} if tour else {}),
    }
    noter("seance.preparee", seance=seance, par=par.acteur, le=maintenant, donnees=donnees)
    if seance.par_les_gardiens:
        annoncer_le_recouvrement(seance=seance, par=par.acteur, maintenant=maintenant)
    return seance


def exiger_une_seule_seance(consultation: Consultation) -> None:
    en_cours = consultation.seances.exclude(etat__in=FINIES).first()
    if en_cours is not None:
        raise ConflitEtat(
            f"La séance {en_cours.reference} est déjà en préparation ou en cours. Rejoignez-la."
        )


def asseoir_les_membres(seance: Seance) -> None:
    """Une place pour chaque personne désignée pour ouvrir et,
    en recouvrement, pour chaque gardien en fonction.
    """
    membres = [
        membre.utilisateur
        for membre in MembreQuiOuvre.objects.filter(
            consultation=seance.consultation
        ).select_related("utilisateur")
    ]
    if seance.presidee_par not in membres:
        membres.insert(0, seance.presidee_par)
    places = [
        Participant(
            seance=seance,
            utilisateur=membre,
            nom=membre.nom,
            qualite=membre.qualite,
            ouvre=True,
        )
        for membre in membres
    ]
    if seance.par_les_gardiens:
        gardiens = queries.gardiens_de(seance.consultation, seance.tour)
        connus = {membre.pk for membre in membres}
        places += [
            Participant(
                seance=seance,
                utilisateur=gardien.utilisateur,
                nom=gardien.utilisateur.nom,
                qualite=f"gardien, {gardien.organisation}",
                ouvre=True,
                gardien=True,
            )
            for gardien in gardiens
            if gardien.utilisateur_id not in connus
        ]
    Participant.objects.bulk_create(places)


@transaction.atomic
def rejoindre(
    *, seance: Seance, utilisateur: Utilisateur, appareil: str, maintenant: datetime
) -> Participant:
    """La personne s'assoit à la table, depuis son appareil. Elle peut assister sans ouvrir."""
    seance = verrouiller(seance)
    if seance.etat in FINIES:
        raise ConflitEtat("Cette séance est finie. Vous pouvez lire son procès-verbal.")
    place, _ = Participant.objects.get_or_create(
        seance=seance,
        utilisateur=utilisateur,
        defaults={"nom": utilisateur.nom, "qualite": utilisateur.qualite},
    )
    return code.asseoir(
        seance, place, appareil=appareil, par=utilisateur.acteur, maintenant=maintenant
    )


@transaction.atomic
def declarer_sans_conflit(
    *, seance: Seance, utilisateur: Utilisateur, maintenant: datetime
) -> Participant:
    """La personne déclare n'avoir aucun lien avec les entreprises qui ont répondu."""
    place: Participant = place_a_table(seance, utilisateur)
    limite = seance.limite
    exiger(rules.peut_declarer(date_limite=limite, maintenant=maintenant))
    if place.sans_conflit_le is None:
        place.sans_conflit_le = maintenant
        place.save(update_fields=["sans_conflit_le"])
        noter("seance.sans_conflit", seance=seance, par=utilisateur.acteur, le=maintenant)
    return place


@transaction.atomic
def installer(
    *,
    seance: Seance,
    lieu: str,
    autres: Sequence[tuple[str, str]],
    par: Utilisateur,
    maintenant: datetime,
) -> Seance:
    """Installe la séance :
    l'heure limite est passée, les enveloppes à ouvrir sont connues (CCP, art. R. 2132-9).
    """
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    exiger_etat(seance, EtatDeSeance.PREPAREE)
    place_a_table(seance, par)
    limite = seance.limite
    exiger(rules.peut_s_ouvrir(date_limite=limite, maintenant=maintenant))
    Participant.objects.bulk_create(
        Participant(seance=seance, nom=nom, qualite=qualite, connecte_le=maintenant)
        for nom, qualite in autres
    )
    if seance.motif == Seance.Motif.OUVERTURE:
        en_question = depots.plis_en_question(seance.consultation, seance.tour)
        exiger(rules.soumissionnaires_dits(en_question=len(en_question)))
        proposer(seance, queries.enveloppes_a_proposer(seance.consultation, seance.tour))
    return franchir(
        seance,
        "installer",
        par=par.acteur,
        le=maintenant,
        donnees={"lieu": lieu, "presents": [nom for nom, _ in autres]},
        lieu=lieu,
        installee_le=maintenant,
    )


def proposer(seance: Seance, enveloppes: Sequence[Enveloppe]) -> None:
    """Range les enveloppes dans l'ordre où elles s'ouvriront, aux places que la séance a encore."""
    OuverturePli.objects.bulk_create(
        OuverturePli(
            seance=seance,
            pli=enveloppe.pli,
            enveloppe=enveloppe,
            rang=rang,
            avertissement=enveloppe.pli.avertissement,
        )
        for rang, enveloppe in zip(rangs_libres(seance), enveloppes, strict=False)
    )


def rangs_libres(seance: Seance) -> Iterator[int]:
    """Les rangs que rien n'occupe :
    une réponse qui en remplace une autre prend sa place, puis on continue.
    """
    pris = set(seance.ouvertures.values_list("rang", flat=True))
    return (rang for rang in count(1) if rang not in pris)


@transaction.atomic
def lire_le_registre(*, seance: Seance, par: Utilisateur, maintenant: datetime) -> Seance:
    """Le registre des dépôts a été lu à voix haute."""
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    if seance.registre_lu_le is None:
        seance.registre_lu_le = maintenant
        seance.save(update_fields=["registre_lu_le"])
        noter("seance.registre_lu", seance=seance, par=par.acteur, le=maintenant)
    return seance


@transaction.atomic
def prendre_la_presidence(
    *, seance: Seance, utilisateur: Utilisateur, maintenant: datetime
) -> Seance:
    """Une autre personne désignée préside : la séance ne tient pas à une seule."""
    seance = verrouiller(seance)
    exiger_etat(seance, EtatDeSeance.PREPAREE, EtatDeSeance.CLES_EN_COURS, EtatDeSeance.SUSPENDUE)
    place = place_a_table(seance, utilisateur)
    if not place.ouvre or place.gardien:
        raise RoleManquant(
            "La présidence revient à une personne désignée par l'acheteur pour ouvrir."
        )
    if seance.presidee_par_id == utilisateur.pk:
        return seance
    ancienne = seance.presidee_par.nom
    seance.presidee_par = utilisateur
    seance.cle_ephemere = ""
    seance.incidents = noter_incident(
        seance, f"{utilisateur.nom} préside à la place de {ancienne}.", le=maintenant
    )
    seance.save(update_fields=["presidee_par", "cle_ephemere", "incidents"])
    seance.participants.update(**code.code_a_refaire())
    noter(
        "seance.presidence",
        seance=seance,
        par=utilisateur.acteur,
        le=maintenant,
        donnees={"ancienne": ancienne},
    )
    return seance


@transaction.atomic
def abandonner(*, seance: Seance, par: Utilisateur, maintenant: datetime) -> Seance:
    """Renonce à une séance où rien n'a été ouvert."""
    exiger_la_presidence(seance, par)
    return franchir(seance, "abandonner", par=par.acteur, le=maintenant)
