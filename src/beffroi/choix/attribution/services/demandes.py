"""Ce que les entreprises demandent après la lettre, et ce qu'on leur répond :
quinze jours, comptés dès la réception.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.choix.attribution import courriels
from beffroi.choix.attribution.models import DemandeDeMotifs, Lettre
from beffroi.choix.attribution.rules import demandes as rules
from beffroi.choix.attribution.rules.regimes import regime_de
from beffroi.choix.echanges import services as echanges
from beffroi.choix.echanges.models import Courrier, Exemplaire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

SUJET = "Consultation [consultation] : réponse à votre demande"


@transaction.atomic
def demander(
    *, lettre: Lettre, texte: str, par: Utilisateur, maintenant: datetime
) -> DemandeDeMotifs:
    """L'entreprise demande pourquoi ;
    l'acheteur l'apprend par courriel, et son délai court (CCP, art. R. 2181-2).
    """
    lettre = verrouiller(lettre, avec=("consultation__organisme", "equipe"))
    demande = _recevoir(lettre, texte, recue_le=maintenant, demandee_par=par)
    courriels.annoncer_la_demande(demande, maintenant=maintenant)
    _journaliser(demande, "attribution.demander", par=par, le=maintenant)
    return demande


@transaction.atomic
def noter_une_demande(
    *, lettre: Lettre, texte: str, recue_le: datetime, par: Utilisateur, maintenant: datetime
) -> DemandeDeMotifs:
    """Inscrit une demande reçue par une autre voie, au jour où elle est arrivée."""
    lettre = verrouiller(lettre, avec=("consultation__organisme", "equipe"))
    if recue_le > maintenant:
        raise RegleEnfreinte("Une demande ne peut pas être reçue plus tard que maintenant.")
    demande = _recevoir(lettre, texte, recue_le=recue_le, notee_par=par)
    _journaliser(demande, "attribution.noter_une_demande", par=par, le=maintenant)
    return demande


def _recevoir(
    lettre: Lettre, texte: str, *, recue_le: datetime, **qui: Utilisateur
) -> DemandeDeMotifs:
    issues = set(lettre.suites.values_list("issue", flat=True))
    en_cours = lettre.demandes.filter(repondue_le=None).exists()
    issue = "retenue" if issues == {"retenue"} else ""
    exiger(rules.peut_demander(issue=issue, en_cours=en_cours, texte=texte))
    if lettre.envoyee_le is None or recue_le < lettre.envoyee_le:
        raise RegleEnfreinte(
            "Une demande suit la lettre : vérifiez le jour et l'heure de sa réception."
        )
    delai = rules.repondre_avant(regime_de(lettre.consultation.procedure), recue_le=recue_le)
    return DemandeDeMotifs.objects.create(
        lettre=lettre, texte=texte.strip(), recue_le=recue_le, repondre_avant=delai.jour, **qui
    )


@transaction.atomic
def repondre(
    *, demande: DemandeDeMotifs, texte: str, par: Utilisateur, maintenant: datetime
) -> DemandeDeMotifs:
    """Répond par la messagerie si la lettre y est passée ;
    sinon, inscrit ce qui a été répondu autrement.
    """
    demande = verrouiller(demande, avec=("lettre__consultation__organisme", "lettre__equipe"))
    exiger(rules.peut_repondre(repondue=demande.repondue_le is not None, texte=texte))
    demande.reponse, demande.repondue_le, demande.repondue_par = texte.strip(), maintenant, par
    champs = ["reponse", "repondue_le", "repondue_par"]
    if demande.lettre.exemplaire_id is None:
        demande.save(update_fields=champs)
        _journaliser(demande, "attribution.repondre", par=par, le=maintenant)
        return demande
    equipe = demande.lettre.equipe

    def lier(exemplaires: Mapping[int, Exemplaire]) -> None:
        demande.exemplaire = exemplaires[equipe.pk]
        demande.save(update_fields=[*champs, "exemplaire"])

    echanges.remettre_d_un_acte(
        consultation=demande.lettre.consultation,
        envoi=echanges.EnvoiGroupe(
            sorte=Courrier.Sorte.RESULTAT,
            sujet=SUJET,
            textes={equipe: demande.reponse},
            donnees={"demande": demande.reference},
        ),
        par=par,
        maintenant=maintenant,
        lier=lier,
    )
    return demande


def _journaliser(demande: DemandeDeMotifs, acte: str, *, par: Utilisateur, le: datetime) -> None:
    consultation = demande.lettre.consultation
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=le,
        donnees={
            "demande": demande.reference,
            "lettre": demande.lettre.reference,
            "repondre_avant": str(demande.repondre_avant or ""),
        },
    )
