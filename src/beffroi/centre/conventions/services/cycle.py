"""Mener une convention de la demande à l'activation :
un acte, une transaction, une écriture au journal.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import Administrateur
from beffroi.centre.adherents.services import activer as activer_l_adherent
from beffroi.centre.conventions import actes, courriels, queries
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.rules import duree
from beffroi.centre.conventions.services.pieces import (
    Fichier,
    empreintes,
    exiger_un_constat,
    exiger_un_vrai_retour,
    garder,
)
from beffroi.centre.conventions.states import Etat
from beffroi.personnes.organismes.services import retablir_les_nouvelles_consultations
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision, Motif
from formats.dates import PARIS

Sorte = PieceDeConvention.Sorte


@dataclass(frozen=True)
class Interlocuteur:
    """Avec qui le centre écrit, et qui recevra l'invitation à l'activation."""

    interlocuteur: str = ""
    qualite: str = ""
    courriel: str = ""


@dataclass(frozen=True)
class Acte:
    """Ce que l'acte dira de l'adhérent, et ce que le centre décide."""

    designation: str
    representant: str
    signataire: str
    siege: str
    contact_donnees: str
    interlocuteur: str
    qualite: str
    courriel: str
    fondement: str = Convention.Fondement.L2511_1.value
    tva: str = Convention.Tva.HORS_CHAMP.value
    volume_estime: int | None = None


@dataclass(frozen=True)
class Deliberation:
    """La délibération de l'adhérent, telle que le document la dit."""

    numero: str
    prise_le: date
    executoire_le: date
    fichier: Fichier


@dataclass(frozen=True)
class Signature:
    """Une partie signe : `adherent` ou `centre`, le jour écrit sur le document, et le document.

    `constat` : ce que la personne du centre y a vu, quand le fichier ne se prouve pas de lui-même.
    """

    partie: str
    le: date
    fichier: Fichier
    constat: str = ""


@transaction.atomic
def ouvrir(
    *,
    adherent: Adherent,
    interlocuteur: Interlocuteur = Interlocuteur(),
    volume_estime: int | None = None,
    origine: str = Convention.Origine.CENTRE.value,
    par: Acteur,
    maintenant: datetime,
) -> Convention:
    """Une convention commence par une demande ; un adhérent n'en a qu'une en vie."""
    verrouiller(adherent)
    try:
        with transaction.atomic():
            convention = Convention.objects.create(
                adherent=adherent,
                origine=origine,
                volume_estime=volume_estime,
                demandee_le=maintenant,
                **asdict(interlocuteur),
            )
    except IntegrityError as doublon:
        raise RegleEnfreinte(
            f"{adherent} a déjà une convention en cours. Ouvrez-la depuis la liste."
        ) from doublon
    donnees = {"adherent": adherent.siren, "origine": origine}
    noter("ouvrir", convention, par=par, le=maintenant, donnees=donnees)
    return convention


def noter(
    acte: str, convention: Convention, *, par: Acteur, le: datetime, donnees: Mapping[str, object]
) -> None:
    """Au journal, un acte qui ne change pas l'état."""
    journaliser(
        f"convention.{acte}",
        sujet=convention.reference,
        organisme=convention.organisme_du_journal,
        par=par,
        le=le,
        donnees=donnees,
    )


@transaction.atomic
def preparer(
    *, convention: Convention, acte: Acte, par: Acteur, maintenant: datetime
) -> Convention:
    """Le projet : les parties, le fondement, et ce que l'exploitant a décidé à ce jour."""
    decides = queries.parametres_en_vigueur(_aujourd_hui(maintenant))
    champs = {
        nom: valeur.strip() if isinstance(valeur, str) else valeur
        for nom, valeur in asdict(acte).items()
    }
    return franchir(
        convention,
        "preparer",
        par=par,
        le=maintenant,
        donnees={"fondement": acte.fondement, "tva": acte.tva},
        tribunal=decides["tribunal"],
        comptable=decides["comptable"],
        **champs,
    )


@transaction.atomic
def envoyer(*, convention: Convention, par: Acteur, maintenant: datetime) -> Convention:
    """Le projet et ses annexes partent à la collectivité, qui délibère.

    Seules la délibération et la date y manquent.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    exiger(_sans_blanc(convention, maintenant, attendus=("deliberation", "date_de_l_acte")))
    if not convention.courriel:
        raise RegleEnfreinte(
            "Il manque le courriel de la collectivité. Complétez le projet, puis envoyez."
        )
    produites = produire(convention, Sorte.PROJET, maintenant=maintenant)
    convention = franchir(
        convention,
        "envoyer",
        par=par,
        le=maintenant,
        donnees={"pieces": empreintes(*produites)},
        envoyee_le=maintenant,
    )
    courriels.projet_envoye(convention, produites, maintenant=maintenant)
    return convention


@transaction.atomic
def relancer(*, convention: Convention, par: Acteur, maintenant: datetime) -> Convention:
    """Demande où en est la délibération ; une relance par jour au plus."""
    convention = verrouiller(convention, avec=("adherent__organisme",))
    if convention.etat != Etat.CHEZ_LA_COLLECTIVITE:
        raise ConflitEtat("Cette convention n'attend plus de délibération.")
    if convention.relancee_le and _aujourd_hui(convention.relancee_le) == _aujourd_hui(maintenant):
        raise RegleEnfreinte("Une relance est déjà partie aujourd'hui.")
    convention.relancee_le = maintenant
    convention.save(update_fields=["relancee_le"])
    courriels.relance(convention, maintenant=maintenant)
    noter("relancer", convention, par=par, le=maintenant, donnees={})
    return convention


@transaction.atomic
def reprendre(
    *, convention: Convention, motif: str, par: Acteur, maintenant: datetime
) -> Convention:
    """Le projet change :
    la collectivité en recevra un autre, et ce qui était signé ne vaut plus.
    """
    return franchir(
        convention,
        "reprendre",
        par=par,
        le=maintenant,
        donnees={"motif": motif},
        deliberation_numero="",
        deliberation_date=None,
        deliberation_executoire_le=None,
        date_de_l_acte=None,
        signee_par_l_adherent_le=None,
        signee_par_le_centre_le=None,
    )


@transaction.atomic
def recevoir_la_deliberation(
    *,
    convention: Convention,
    deliberation: Deliberation,
    date_de_l_acte: date,
    par: Acteur,
    maintenant: datetime,
) -> Convention:
    """La délibération est gardée ; l'exemplaire à signer se produit, sans un blanc, et part."""
    exiger(
        duree.deliberation_recevable(
            prise_le=deliberation.prise_le,
            executoire_le=deliberation.executoire_le,
            aujourd_hui=_aujourd_hui(maintenant),
        )
    )
    exiger_un_vrai_retour(convention, Sorte.DELIBERATION, deliberation.fichier)
    recue = garder(convention, Sorte.DELIBERATION, deliberation.fichier, maintenant=maintenant)
    convention = franchir(
        convention,
        "recevoir_la_deliberation",
        par=par,
        le=maintenant,
        donnees={
            "numero": deliberation.numero,
            "date": deliberation.prise_le.isoformat(),
            "pieces": empreintes(recue),
        },
        deliberation_numero=deliberation.numero,
        deliberation_date=deliberation.prise_le,
        deliberation_executoire_le=deliberation.executoire_le,
        date_de_l_acte=date_de_l_acte,
    )
    exiger(_sans_blanc(convention, maintenant))
    produites = produire(convention, Sorte.EXEMPLAIRE, maintenant=maintenant)
    noter(
        "produire", convention, par=par, le=maintenant, donnees={"pieces": empreintes(*produites)}
    )
    courriels.exemplaire_a_signer(convention, produites, maintenant=maintenant)
    return convention


@transaction.atomic
def signer(
    *, convention: Convention, signature: Signature, par: Acteur, maintenant: datetime
) -> Convention:
    """Garde l'exemplaire signé d'une partie.

    À la seconde, la prise d'effet et le terme se calculent, et se gardent.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    if convention.etat != Etat.DELIBERATION_RECUE:
        raise ConflitEtat(
            "Cette convention ne se signe pas maintenant. "
            "Rechargez la page pour voir où elle en est."
        )
    assert convention.deliberation_date is not None  # la base le garantit dans cet état
    exiger(
        duree.signature_recevable(
            le=signature.le,
            deliberation=convention.deliberation_date,
            aujourd_hui=_aujourd_hui(maintenant),
        )
    )
    sorte, champ = _DE_LA_PARTIE[signature.partie]
    if getattr(convention, champ) is not None:
        raise ConflitEtat("Cette partie a déjà signé.")
    exiger_un_vrai_retour(convention, sorte, signature.fichier)
    constat = exiger_un_constat(signature.fichier, signature.constat, par=par)
    gardee = garder(convention, sorte, signature.fichier, maintenant=maintenant, constat=constat)
    setattr(convention, champ, signature.le)
    convention.save(update_fields=[champ])
    donnees = {
        "partie": signature.partie,
        "le": signature.le.isoformat(),
        "constat": signature.constat.strip(),
        "pieces": empreintes(gardee),
    }
    noter("deposer_une_signature", convention, par=par, le=maintenant, donnees=donnees)
    return _prendre_effet(convention, par=par, maintenant=maintenant)


_DE_LA_PARTIE = {
    "adherent": (Sorte.SIGNEE_PAR_L_ADHERENT, "signee_par_l_adherent_le"),
    "centre": (Sorte.SIGNEE_PAR_LE_CENTRE, "signee_par_le_centre_le"),
}


def _prendre_effet(convention: Convention, *, par: Acteur, maintenant: datetime) -> Convention:
    assert (
        convention.deliberation_date is not None
        and convention.deliberation_executoire_le is not None
    )
    effet = duree.prise_d_effet(
        signatures=duree.Signatures(
            convention.signee_par_l_adherent_le, convention.signee_par_le_centre_le
        ),
        executoire_le=convention.deliberation_executoire_le,
    )
    if effet is None:
        return convention
    exiger(
        duree.peut_prendre_effet(
            effet=effet,
            deliberation=convention.deliberation_date,
            executoire_le=convention.deliberation_executoire_le,
        )
    )
    terme = duree.terme(effet)
    donnees = {"prise_d_effet": effet.isoformat(), "terme": terme.isoformat()}
    return franchir(
        convention,
        "signer",
        par=par,
        le=maintenant,
        donnees=donnees,
        prise_d_effet=effet,
        terme=terme,
    )


@transaction.atomic
def activer(*, convention: Convention, par: Acteur, maintenant: datetime) -> Convention:
    """Ouvre les comptes de l'adhérent.

    S'il avait déjà un organisme, il lui rend le droit de créer des consultations.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    adherent = convention.adherent
    if adherent.organisme is None:
        administrateur = Administrateur(
            courriel=convention.courriel, nom=convention.interlocuteur, qualite=convention.qualite
        )
        exiger(_peut_inviter(administrateur))
        activer_l_adherent(
            adherent=adherent, administrateur=administrateur, par=par, maintenant=maintenant
        )
    else:
        retablir_les_nouvelles_consultations(
            organisme=adherent.organisme, par=par, maintenant=maintenant
        )
    effet = convention.prise_d_effet.isoformat() if convention.prise_d_effet else ""
    donnees = {"prise_d_effet": effet}
    convention = verrouiller(convention, avec=("adherent__organisme",))
    return franchir(
        convention, "activer", par=par, le=maintenant, donnees=donnees, activee_le=maintenant
    )


def _peut_inviter(administrateur: Administrateur) -> Decision:
    return Decision.selon(
        None
        if administrateur.courriel and administrateur.nom
        else Motif("Il manque le nom ou le courriel de la personne à inviter.")
    )


@transaction.atomic
def ecarter(*, convention: Convention, motif: str, par: Acteur, maintenant: datetime) -> Convention:
    """La demande n'aboutit pas : elle se clôt, avec sa raison."""
    donnees = {"motif": motif}
    return franchir(
        convention,
        "ecarter",
        par=par,
        le=maintenant,
        donnees=donnees,
        motif_d_ecart=motif,
        close_le=maintenant,
    )


def produire(
    convention: Convention, sorte: str, *, maintenant: datetime
) -> list[PieceDeConvention]:
    """La convention en PDF et en ODT, ses annexes en PDF."""
    voulus: list[tuple[str, str, tuple[actes.Format, ...]]] = [
        ("convention", sorte, ("pdf", "odt"))
    ]
    voulus += [(nom, Sorte.ANNEXE, ("pdf",)) for nom in actes.ANNEXES]
    produites = []
    for nom, de_sorte, formats in voulus:
        modele, document = actes.acte(nom, convention, maintenant=maintenant)
        for format_ in formats:
            fichier = actes.rendre(nom, convention, document, format_)
            produites.append(
                garder(convention, de_sorte, fichier, maintenant=maintenant, modele=str(modele))
            )
    return produites


def _sans_blanc(
    convention: Convention, maintenant: datetime, *, attendus: tuple[str, ...] = ()
) -> Decision:
    """Aucun blanc, hors ce qu'un projet ne peut pas encore savoir."""
    trouves = actes.manques(convention, maintenant=maintenant)
    manques = [libelle for champ, libelle in trouves.items() if champ not in attendus]
    if not manques:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"L'acte garderait un blanc : {', '.join(manques)}. "
            "Complétez le projet ou les paramètres du centre."
        )
    )


def _aujourd_hui(maintenant: datetime) -> date:
    return maintenant.astimezone(PARIS).date()
