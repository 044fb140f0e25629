"""Ce que la page du récépissé montre :
les mentions, les mots, les empreintes, les preuves, la suite.
"""

import hashlib
import io
import zipfile
from datetime import datetime
from typing import Any

from django.core.cache import caches

from beffroi.achat.consultations.queries import lots_lus
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import est_de
from beffroi.reponse.depots import contestations, rules
from beffroi.reponse.depots import recepisse as fabrique
from beffroi.reponse.depots.ce_qui_reste import bilan_du_retrait, dernier_remplacant
from beffroi.reponse.depots.models import FichierScelle, Pli
from beffroi.reponse.reponses.ports import contrats_a_signer, engagements_a_signer
from formats import depot as lecture
from formats import recepisse
from formats.mots import huit_mots

GARDE_DES_TAILLES = 24 * 3600
ENVELOPPES = {"candidature": "Candidature", "offre": "Offre"}


def page_du_recepisse(pli: Pli, personne: Utilisateur, *, le: datetime) -> dict[str, Any]:
    contenu, la_sienne = pli.accuse.contenu.encode(), est_de(personne, pli.equipe)
    contestation = contestations.contestation_en_cours(pli)
    depot = fabrique.avec_les_empreintes_recalculees(lecture.lire(contenu), pli)
    empreinte = hashlib.sha256(contenu).digest()
    limite = pli.limite_actuelle
    ecriture = fabrique.ecriture_de(pli)
    horodatage = fabrique.horodatage(pli, ecriture)
    return {
        "pli": pli,
        "depot": depot,
        "consultation": pli.consultation,
        "limite": limite,
        "delai": recepisse.phrase_de_delai(depot),
        "mentions": mentions(pli, depot),
        "enveloppes": enveloppes(pli, depot),
        "nombre_de_fichiers": sum(len(e.fichiers) for e in depot.enveloppes),
        "taille": sum(f.taille for e in depot.enveloppes for f in e.fichiers),
        **sources(depot),
        "empreinte": empreinte,
        "mots": huit_mots(empreinte),
        "horodatage": horodatage,
        "service_d_horodatage": recepisse.phrase_d_horodatage(horodatage),
        "tailles": tailles_des_copies(pli, qualifie=horodatage.qualifie),
        "serveur": fabrique.service().serveur,
        "contestation": contestation,
        "peut_contester": rules.peut_contester(
            le=le,
            date_limite=limite,
            geste=contestations.geste_a_contester(pli),
            conteste=contestation is not None,
        ).favorable,
        "peut_changer": la_sienne
        and rules.peut_retirer(
            le=le, date_limite=limite, etat=pli.etat, conteste=contestation is not None
        ).favorable,
        "peut_redeposer": la_sienne
        and rules.peut_recevoir_des_plis(etat=pli.consultation.etat).favorable,
        "est_passee": le > limite,
        "contrats": contrats_a_signer(pli, le=le),
        "engagements": engagements_a_signer(pli, le=le),
        "remplacant": None if contestation else dernier_remplacant(pli),
        **(
            bilan_du_retrait(pli, personne)
            if pli.etat == Pli.Etat.RETIRE
            else {"restes": [], "anciens": []}
        ),
    }


def sources(depot: lecture.Depot) -> dict[str, Any]:
    """Qui a calculé les empreintes : dit une fois quand c'est le même, à chaque ligne sinon."""
    vues = {
        fichier.sha256_source for enveloppe in depot.enveloppes for fichier in enveloppe.fichiers
    }
    recalculee = vues == {"recalculee"}
    return {
        "sources_melees": len(vues) > 1,
        "source": "recalculée par le serveur" if recalculee else "déclarée par votre poste",
    }


def mentions(pli: Pli, depot: lecture.Depot) -> list[tuple[str, str]]:
    """Les mentions de l'annexe 7 du code de la commande publique, art. 2, III."""
    intitules = {lot.numero: lot.intitule for lot in lots_lus(pli.consultation)}
    lots = "\n".join(f"Lot {numero}, {intitules.get(numero, '')}" for numero in depot.lots)
    groupement = pli.groupement.get("membres", [])
    lignes = [
        (
            "Déposant",
            f"{depot.deposant.nom}, {depot.deposant.identifiant}, par {depot.deposant.personne}",
        ),
        ("Groupement", "\n".join(f"{m['nom']}, {m['identifiant']}" for m in groupement)),
        ("Acheteur", f"{depot.acheteur.nom}, SIRET {depot.acheteur.siret}"),
        ("Consultation", f"{depot.consultation.reference}, {depot.consultation.titre}"),
        ("Objet", depot.consultation.objet),
        ("Lots" if len(depot.lots) > 1 else "Lot", lots),
        ("Réponse remplacée", depot.remplace or "Aucune"),
    ]
    return [(nom, valeur) for nom, valeur in lignes if valeur]


def enveloppes(pli: Pli, depot: lecture.Depot) -> list[dict[str, Any]]:
    """Les fichiers par enveloppe ;
    la pièce attendue à laquelle chacun répond est dite, si elle l'a été.
    """
    scelles = (
        FichierScelle.objects.filter(brouillon=pli.brouillon_id)
        .exclude(piece=None)
        .select_related("piece")
    )
    pieces = {fichier.racine: fichier.piece.intitule for fichier in scelles if fichier.piece}
    return [
        {
            "titre": ENVELOPPES[e.enveloppe] + (f" du lot {e.lot}" if e.lot else ""),
            "cle": e.empreinte,
            "engagement": e.engagement,
            "fichiers": [(pieces.get(fichier.racine, ""), fichier) for fichier in e.fichiers],
            "manifeste": e.manifeste,
        }
        for e in depot.enveloppes
    ]


def tailles_des_copies(pli: Pli, *, qualifie: bool) -> dict[str, int]:
    """La taille de chaque copie, annoncée avant le clic.

    Elles ne changent qu'à l'arrivée du jeton qualifié.
    """
    cle = f"depots.copies.{pli.reference}.{int(qualifie)}"
    tailles: dict[str, int] | None = caches["memoire"].get(cle)
    if tailles is None:
        archive = fabrique.archive_du_recu(pli)
        tailles = {
            "pdf": zipfile.ZipFile(io.BytesIO(archive)).getinfo("recepisse.pdf").file_size,
            "zip": len(archive),
            "json": len(pli.accuse.contenu.encode()),
        }
        caches["memoire"].set(cle, tailles, GARDE_DES_TAILLES)
    return tailles
