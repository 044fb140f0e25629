"""Valider le rapport d'un lot : ses deux fichiers sont gardés, leurs empreintes au journal ;
puis, s'il le faut, le rouvrir.
"""

import hashlib
import io
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.choix.analyse import conditions
from beffroi.choix.analyse.models import RapportDAnalyse
from beffroi.choix.analyse.queries.lecture import analyse_de
from beffroi.choix.analyse.rapport import composer
from beffroi.choix.analyse.services.commun import a_analyser, grille_en_vigueur, inscrire_au_journal
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.ports import lettres_parties
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from formats.document import odt, pdf


@transaction.atomic
def valider_le_rapport(
    *,
    consultation: Consultation,
    lot: Lot | None,
    proposition: str,
    par: Utilisateur,
    maintenant: datetime,
) -> RapportDAnalyse:
    """Fige le rapport tel qu'il se lit à cet instant :
    notes, montants et classement ne changent plus ensuite.
    """
    numero = lot.numero if lot else None
    consultation = a_analyser(consultation, numero)
    grille_en_vigueur(consultation, numero)
    if not proposition.strip():
        raise RegleEnfreinte("Écrivez ce que le rapport propose.")
    document = composer(
        analyse_de(consultation, numero), lot, proposition=proposition, etabli_le=maintenant
    )
    (cle_odt, sha256_odt), (cle_pdf, sha256_pdf) = _garder(odt(document)), _garder(pdf(document))
    rapport = RapportDAnalyse.objects.create(
        consultation=consultation,
        lot=numero,
        proposition=proposition.strip(),
        odt=cle_odt,
        sha256_odt=sha256_odt,
        pdf=cle_pdf,
        sha256_pdf=sha256_pdf,
        valide_le=maintenant,
        valide_par=par,
    )
    donnees = {"lot": numero, "sha256_odt": sha256_odt, "sha256_pdf": sha256_pdf}
    inscrire_au_journal(consultation, "valider_le_rapport", par=par, le=maintenant, donnees=donnees)
    return rapport


@transaction.atomic
def rouvrir_le_rapport(
    *, rapport: RapportDAnalyse, motif: str, par: Utilisateur, maintenant: datetime
) -> RapportDAnalyse:
    """Reprend l'analyse d'un lot.

    Le rapport validé reste gardé, et le suivant dira pourquoi il le remplace.
    """
    consultation = verrouiller(rapport.consultation, avec=("organisme",))
    rapport = verrouiller(rapport, avec=("consultation__organisme",))
    if consultation.etat != Consultation.Etat.DEPOUILLEE:
        raise ConflitEtat(
            "Cette consultation n'est plus en analyse : son rapport ne se rouvre plus."
        )
    exiger(conditions.rien_n_est_dit(parties=lettres_parties(consultation, rapport.lot)))
    if rapport.rouvert_le:
        raise ConflitEtat("Ce rapport est déjà rouvert.")
    if not motif.strip():
        raise RegleEnfreinte("Dites pourquoi l'analyse reprend.")
    rapport.rouvert_le, rapport.rouvert_par, rapport.motif_de_reouverture = (
        maintenant,
        par,
        motif.strip(),
    )
    rapport.save(update_fields=["rouvert_le", "rouvert_par", "motif_de_reouverture"])
    donnees = {
        "lot": rapport.lot,
        "motif": rapport.motif_de_reouverture,
        "sha256_pdf": rapport.sha256_pdf,
    }
    inscrire_au_journal(consultation, "rouvrir_le_rapport", par=par, le=maintenant, donnees=donnees)
    return rapport


def _garder(octets: bytes) -> tuple[str, str]:
    cle = nouvelle_cle("rapports-d-analyse")
    stockage().ecrire(cle, io.BytesIO(octets))
    return cle, hashlib.sha256(octets).hexdigest()
