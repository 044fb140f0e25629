"""Clore la séance : le procès-verbal s'écrit seul, le coffre se vide."""

import hashlib
import io
from datetime import datetime

from django.db import transaction

from beffroi.coffre.coffre import coffre
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.journal.franchissement import franchir
from beffroi.journal.services import journaliser, signer_un_point_de_controle
from beffroi.ouverture import procesverbal, queries, registre, rules
from beffroi.ouverture.models import OuverturePli, ProcesVerbal, RegistreScelle, Seance
from beffroi.ouverture.services.table import exiger_etat, exiger_la_presidence, noter, place_a_table
from beffroi.ouverture.states import EtatDeSeance
from beffroi.socle.erreurs import RegleEnfreinte, exiger
from beffroi.socle.pannes import point_de_panne
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller
from formats import proces_verbal as format_du_proces_verbal
from formats import registre_des_depots as format_du_registre


@transaction.atomic
def noter_remarque(*, seance: Seance, texte: str, par: Utilisateur, maintenant: datetime) -> Seance:
    """Ajoute une remarque au procès-verbal : la seule part qui s'écrive à la main."""
    seance = verrouiller(seance)
    place = place_a_table(seance, par)
    exiger_etat(seance, EtatDeSeance.CLES_EN_COURS, EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE)
    if not texte.strip():
        raise RegleEnfreinte("Écrivez la remarque.")
    seance.remarques = [*seance.remarques, {"le": maintenant.isoformat(), "par": place.nom, "texte": texte.strip()}]
    seance.save(update_fields=["remarques"])
    noter("seance.remarque", seance=seance, par=par.acteur, le=maintenant, donnees={"texte": texte.strip()})
    return seance


@transaction.atomic
def clore(*, seance: Seance, par: Utilisateur, maintenant: datetime) -> ProcesVerbal:
    """Clôt la séance, scelle son procès-verbal au journal, efface les clés."""
    exiger_la_presidence(seance, par)
    place_a_table(seance, par)
    restent = seance.ouvertures.filter(etat__in=[OuverturePli.Etat.SCELLEE, OuverturePli.Etat.EN_COURS]).count()
    en_retard = len(queries.plis_hors_delai_a_decider(seance))
    exiger(rules.peut_se_clore(scellees=restent, hors_delai_sans_decision=en_retard))
    seance = franchir(seance, "clore", par=par.acteur, le=maintenant, close_le=maintenant, cle_ephemere="")
    document = procesverbal.composer(seance, etabli_le=maintenant)
    octets = format_du_proces_verbal.pdf(document)
    cle, sha256 = nouvelle_cle("proces-verbaux"), hashlib.sha256(octets).hexdigest()
    stockage().ecrire(cle, io.BytesIO(octets))
    numero = noter(
        "proces_verbal.scelle",
        seance=seance,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": sha256, "taille": len(octets)},
    )
    contenu = procesverbal.document(document)
    pv = ProcesVerbal.objects.create(
        seance=seance, contenu=contenu, cle_de_stockage=cle, sha256=sha256, etabli_le=maintenant, ecriture=numero
    )
    if seance.consultation.etat == Consultation.Etat.EN_OUVERTURE:
        franchir(seance.consultation, "achever_le_depouillement", par=par.acteur, le=maintenant)
    # Sans tête signée, le registre public ne montrerait la séance qu'au prochain dépôt.
    signer_un_point_de_controle(le=maintenant)
    point_de_panne("ouverture.avant_validation_de_la_cloture")
    transaction.on_commit(lambda: point_de_panne("ouverture.apres_validation_de_la_cloture"))
    transaction.on_commit(lambda: coffre().vider(seance.reference))
    return pv


@transaction.atomic
def sceller_le_registre(*, consultation: Consultation, par: Utilisateur, maintenant: datetime) -> RegistreScelle:
    """Le premier tirage du registre des dépôts est scellé au journal."""
    exiger(rules.peut_s_ouvrir(date_limite=consultation.limite, maintenant=maintenant))
    consultation = verrouiller(consultation)
    existant = RegistreScelle.objects.filter(consultation=consultation).first()
    if existant is not None:
        return existant
    document = registre.composer(consultation, etabli_le=maintenant)
    sha256 = hashlib.sha256(format_du_registre.csv(document)).hexdigest()
    ecriture = journaliser(
        "registre.scelle",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256_du_csv": sha256, "depots": len(document.lignes)},
    )
    return RegistreScelle.objects.create(
        consultation=consultation,
        sha256=sha256,
        nombre=len(document.lignes),
        scelle_le=maintenant,
        ecriture=ecriture.numero,
    )
