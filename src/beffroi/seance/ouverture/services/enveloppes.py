"""Ouvrir une enveloppe, et noter ce qu'on y voit.

Ouvrir tient en trois temps : réserver l'enveloppe (transaction), la desceller (hors transaction,
cela peut durer), constater (transaction). Une panne entre deux laisse une réservation qui échoit :
l'enveloppe est alors reprise.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import coffre as depots_coffre
from beffroi.reponse.depots import queries as depots
from beffroi.reponse.depots.models import Enveloppe, FichierScelle, Pli
from beffroi.seance.coffre.coffre import CleDuCoffre, coffre
from beffroi.seance.coffre.descellement import (
    Contenu,
    EnveloppeAOuvrir,
    Etabli,
    FichierAOuvrir,
    desceller_enveloppe,
)
from beffroi.seance.coffre.errors import AutreNavigateur, CoffreVide, ScelleNonRendu
from beffroi.seance.ouverture import rules
from beffroi.seance.ouverture.errors import EnveloppeEnCours
from beffroi.seance.ouverture.events import EnveloppeOuverte
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli, Seance
from beffroi.seance.ouverture.services.clairs import effacer_les_clairs, espace_des_clairs
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    place_a_table,
)
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations import evenements, horloge
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir

DUREE_DU_BAIL = timedelta(seconds=60)
RYTHME_DU_SIGNE_DE_VIE = timedelta(seconds=15)
FINIS = (OuverturePli.Etat.OUVERTE, OuverturePli.Etat.ILLISIBLE)


def ouvrir_enveloppe_suivante(
    *,
    seance: Seance,
    rang: int,
    capacite: str,
    par: Utilisateur,
    maintenant: datetime,
    sans_les_manquants: str | None = None,
) -> OuverturePli:
    """Ouvre l'enveloppe de ce rang ; la même demande, répétée ou simultanée, n'ouvre qu'une fois.

    Un stockage en panne la rend scellée, et l'on recommence.
    `capacite` est celle que le coffre a reçue avec les clés.
    `sans_les_manquants` dit pourquoi on n'attend plus.
    """
    motif = sans_les_manquants
    ouverture, a_faire = reserver_l_enveloppe(
        seance=seance, rang=rang, par=par, maintenant=maintenant, capacite=capacite, motif=motif
    )
    if not a_faire:
        return ouverture
    point_de_panne("ouverture.apres_reservation")
    try:
        contenu = desceller(
            ouverture, capacite=capacite, le=maintenant, sans_les_manquants=motif is not None
        )
    except BaseException as erreur:
        non_rendue = isinstance(erreur, ScelleNonRendu)
        rendre_l_enveloppe(
            ouverture=ouverture, par=par, maintenant=maintenant, non_rendue=non_rendue
        )
        raise
    point_de_panne("ouverture.apres_descellement")
    ouverture = constater_l_ouverture(
        ouverture=ouverture, contenu=contenu, par=par, maintenant=maintenant
    )
    point_de_panne("ouverture.apres_constat")
    return ouverture


@transaction.atomic
def reserver_l_enveloppe(
    *,
    seance: Seance,
    rang: int,
    capacite: str,
    par: Utilisateur,
    maintenant: datetime,
    motif: str | None = None,
) -> tuple[OuverturePli, bool]:
    """Prend l'enveloppe pour soi ; faux si elle est déjà ouverte."""
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    place = place_a_table(seance, par)
    ouverture = (
        seance.ouvertures.select_related("pli__consultation", "enveloppe").filter(rang=rang).first()
    )
    if ouverture is None:
        raise RegleEnfreinte("Cette séance n'a pas d'enveloppe de ce rang.")
    if ouverture.etat in FINIS:
        return ouverture, False
    exiger_etat(seance, EtatDeSeance.OUVERTE)
    exiger_qu_elle_puisse_s_ouvrir(ouverture.pli, limite=seance.limite, maintenant=maintenant)
    if (
        ouverture.etat == OuverturePli.Etat.EN_COURS
        and ouverture.bail_jusqu_a
        and ouverture.bail_jusqu_a > maintenant
    ):
        raise EnveloppeEnCours
    remplacee = ouverture.pli.etat == Pli.Etat.REMPLACE and not ouverture.decision
    exiger(rules.reste_la_derniere(remplacee=remplacee and seance.motif == Seance.Motif.OUVERTURE))
    if ouverture.etat == OuverturePli.Etat.ECARTEE:
        raise RegleEnfreinte("Cette enveloppe reste scellée : c'est la décision inscrite.")
    exiger_que_le_coffre_reponde(ouverture, capacite)
    if motif is not None:
        non_rendue = ouverture.non_rendue_le is not None
        exiger(rules.peut_s_ouvrir_sans_les_manquants(non_rendue=non_rendue, motif=motif))
        ouverture.observations = [
            *ouverture.observations,
            _note(place.nom, motif.strip(), le=maintenant),
        ]
    _prendre_un_bail(ouverture, maintenant)
    donnees = {
        "pli": ouverture.pli.reference,
        "sorte": ouverture.enveloppe.sorte,
        "rang": rang,
        "motif": motif or "",
    }
    noter(
        "enveloppe.ouverture_commencee",
        seance=seance,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return ouverture, True


def exiger_qu_elle_puisse_s_ouvrir(pli: Pli, *, limite: datetime, maintenant: datetime) -> None:
    en_question = len(depots.plis_en_question_avec(pli))
    sans_suite = pli.consultation.etat == Consultation.Etat.SANS_SUITE
    exiger(rules.peut_s_ouvrir(date_limite=limite, maintenant=maintenant))
    exiger(rules.soumissionnaires_dits(en_question=en_question))
    exiger(rules.reste_a_ouvrir(sans_suite=sans_suite))


def exiger_que_le_coffre_reponde(ouverture: OuverturePli, capacite: str) -> None:
    seance = ouverture.seance.reference
    if not coffre().contient(seance, ouverture.enveloppe.sorte):
        raise CoffreVide
    if not coffre().repond_a(seance, capacite):
        raise AutreNavigateur


def _prendre_un_bail(ouverture: OuverturePli, maintenant: datetime) -> None:
    """Un essai neuf, le temps d'ouvrir : ce qu'un essai interrompu a laissé en clair s'efface."""
    effacer_les_clairs(ouverture, ouverture.essai)
    ouverture.etat = OuverturePli.Etat.EN_COURS
    ouverture.essai = secrets.token_hex(16)
    ouverture.bail_jusqu_a = maintenant + DUREE_DU_BAIL
    ouverture.save(update_fields=["etat", "essai", "bail_jusqu_a", "observations"])


def _note(nom: str, texte: str, *, le: datetime) -> dict[str, str]:
    """Une observation, telle que le procès-verbal la recopie."""
    return {"le": le.isoformat(), "par": nom, "texte": texte}


@transaction.atomic
def rendre_l_enveloppe(
    *, ouverture: OuverturePli, par: Utilisateur, maintenant: datetime, non_rendue: bool
) -> None:
    """L'ouverture n'a pas abouti : l'enveloppe redevient scellée, prête à être reprise.

    Le stockage a pu ne pas la rendre.
    """
    non_rendue_le = maintenant if non_rendue else None
    mienne = OuverturePli.objects.filter(
        pk=ouverture.pk, essai=ouverture.essai, etat=OuverturePli.Etat.EN_COURS
    )
    rendue = mienne.update(
        etat=OuverturePli.Etat.SCELLEE, essai="", bail_jusqu_a=None, non_rendue_le=non_rendue_le
    )
    effacer_les_clairs(ouverture, ouverture.essai)
    if rendue:
        donnees = {
            "pli": ouverture.pli.reference,
            "sorte": ouverture.enveloppe.sorte,
            "rang": ouverture.rang,
        }
        acte = "enveloppe.non_rendue" if non_rendue else "enveloppe.ouverture_interrompue"
        noter(acte, seance=ouverture.seance, par=par.acteur, le=maintenant, donnees=donnees)


def desceller(
    ouverture: OuverturePli, *, capacite: str, le: datetime, sans_les_manquants: bool = False
) -> Contenu:
    """Descelle l'enveloppe réservée vers le stockage des clairs."""
    enveloppe = ouverture.enveloppe
    scelles = [enveloppe.manifeste, *enveloppe.fichiers.all()]
    par_cle = {scelle.cle_de_stockage: scelle for scelle in scelles}
    etabli = Etabli(
        cle=CleDuCoffre(
            coffre(),
            seance=ouverture.seance.reference,
            sorte=enveloppe.sorte,
            capacite=capacite,
        ),
        lire=lambda fichier: depots_coffre.flux_scelle(par_cle[fichier.cle_de_stockage], le),
        clairs=stockage(),
        prefixe=espace_des_clairs(ouverture, ouverture.essai),
        signe_de_vie=signe_de_vie(ouverture),
        sans_les_manquants=sans_les_manquants,
    )
    return desceller_enveloppe(a_ouvrir(ouverture, enveloppe), etabli=etabli)


def a_ouvrir(ouverture: OuverturePli, enveloppe: Enveloppe) -> EnveloppeAOuvrir:
    return EnveloppeAOuvrir(
        reference=ouverture.reference,
        sorte=enveloppe.sorte,
        lot=enveloppe.lot,
        consultation=ouverture.pli.consultation.reference,
        engagement=enveloppe.engagement,
        manifeste=fichier_a_ouvrir(enveloppe.manifeste),
        fichiers=tuple(fichier_a_ouvrir(scelle) for scelle in enveloppe.fichiers.all()),
    )


def fichier_a_ouvrir(scelle: FichierScelle) -> FichierAOuvrir:
    return FichierAOuvrir(
        nom=scelle.nom,
        racine=scelle.racine,
        sha256=scelle.sha256_recalcule or scelle.sha256_declare,
        cle_de_stockage=scelle.cle_de_stockage,
    )


def signe_de_vie(ouverture: OuverturePli) -> Callable[[], None]:
    """Prolonge le bail de temps en temps, tant que les octets avancent."""
    dernier = horloge.maintenant()

    def prolonger() -> None:
        nonlocal dernier
        instant = horloge.maintenant()
        if instant - dernier < RYTHME_DU_SIGNE_DE_VIE:
            return
        dernier = instant
        OuverturePli.objects.filter(pk=ouverture.pk, essai=ouverture.essai).update(
            bail_jusqu_a=instant + DUREE_DU_BAIL
        )

    return prolonger


@transaction.atomic
def constater_l_ouverture(
    *, ouverture: OuverturePli, contenu: Contenu, par: Utilisateur, maintenant: datetime
) -> OuverturePli:
    """Inscrit ce que l'enveloppe contenait. Elle ne se referme plus."""
    essai = ouverture.essai
    ouverture = verrouiller(ouverture)
    if ouverture.essai != essai or ouverture.etat != OuverturePli.Etat.EN_COURS:
        effacer_les_clairs(ouverture, essai)
        return ouverture
    ouverture.etat = (
        OuverturePli.Etat.ILLISIBLE if contenu.est_illisible else OuverturePli.Etat.OUVERTE
    )
    ouverture.ouverte_le, ouverture.bail_jusqu_a, ouverture.non_rendue_le = maintenant, None, None
    ouverture.constats = [constat.document() for constat in contenu.tous_les_constats]
    ouverture.save(
        update_fields=["etat", "ouverte_le", "bail_jusqu_a", "non_rendue_le", "constats"]
    )
    _garder_les_fichiers(ouverture, contenu)
    noter(
        f"enveloppe.{ouverture.etat}",
        seance=ouverture.seance,
        par=par.acteur,
        le=maintenant,
        donnees={
            "pli": ouverture.pli.reference,
            "sorte": ouverture.enveloppe.sorte,
            "lot": ouverture.enveloppe.lot,
            "fichiers": [{"taille": f.taille, "sha256": f.sha256} for f in contenu.fichiers],
            "constats": [constat.code for constat in contenu.tous_les_constats],
        },
    )
    if not contenu.est_illisible and ouverture.pli.etat in (Pli.Etat.DEPOSE, Pli.Etat.REMPLACE):
        franchir(
            ouverture.pli,
            "ouvrir",
            par=par.acteur,
            le=maintenant,
            donnees={"seance": ouverture.seance.reference},
        )
    evenements.publier(EnveloppeOuverte(ouverture, le=maintenant))
    return ouverture


def _garder_les_fichiers(ouverture: OuverturePli, contenu: Contenu) -> None:
    FichierOuvert.objects.bulk_create(
        FichierOuvert(
            ouverture=ouverture,
            nom=fichier.nom,
            taille=fichier.taille,
            sha256=fichier.sha256,
            cle_de_stockage=fichier.cle_de_stockage,
            conforme=not any(constat.est_grave for constat in fichier.constats),
            constat=" ".join(str(constat) for constat in fichier.constats)[:250],
        )
        for fichier in contenu.fichiers
    )


@transaction.atomic
def noter_observation(
    *, ouverture: OuverturePli, texte: str, par: Utilisateur, maintenant: datetime
) -> OuverturePli:
    """Ajoute une observation à une enveloppe ; elle va au procès-verbal, telle quelle."""
    ouverture = verrouiller(ouverture)
    exiger_etat(ouverture.seance, EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE)
    place = place_a_table(ouverture.seance, par)
    if not texte.strip():
        raise RegleEnfreinte("Écrivez l'observation.")
    ouverture.observations = [
        *ouverture.observations,
        _note(place.nom, texte.strip(), le=maintenant),
    ]
    ouverture.save(update_fields=["observations"])
    donnees = {"pli": ouverture.pli.reference, "texte": texte.strip()}
    noter(
        "seance.observation",
        seance=ouverture.seance,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return ouverture
