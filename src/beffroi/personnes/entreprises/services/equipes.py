"""Fonder une équipe, dire ce qu'est son entreprise, réunir deux équipes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises import queries, rules
from beffroi.personnes.entreprises.events import EquipeFondee
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.entreprises.services.demandes import demander_aux_equipes_presentes
from beffroi.personnes.entreprises.services.departs import finir_l_appartenance
from beffroi.personnes.entreprises.services.reseaux import compter_une_fondation
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@dataclass(frozen=True)
class Lieu:
    """Où est l'établissement, quand Sirene l'a dit."""

    adresse: str = ""
    code_postal: str = ""


@transaction.atomic
def inscrire_entreprise(
    *,
    courriel: str,
    mot_de_passe: str,
    nom: str,
    raison_sociale: str,
    pays: str,
    identifiant: str,
    lieu: Lieu | None = None,
    reseau: str = "",
    maintenant: datetime,
) -> Membre:
    """Ouvre un compte et fonde son équipe, d'un seul geste : les deux, ou rien."""
    utilisateur = creer_utilisateur(
        courriel=courriel, nom=nom, mot_de_passe=mot_de_passe, maintenant=maintenant
    )
    return inscrire_membre(
        identifiant=identifiant,
        nom=raison_sociale,
        pays=pays,
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        lieu=lieu,
        reseau=reseau,
        maintenant=maintenant,
    )


@transaction.atomic
def inscrire_membre(
    *,
    nature: str = "",
    identifiant: str,
    nom: str,
    pays: str = "FR",
    utilisateur: Utilisateur,
    par: Acteur,
    lieu: Lieu | None = None,
    reseau: str = "",
    maintenant: datetime,
) -> Membre:
    """Fonde une équipe pour cet établissement, sauf si la personne est déjà d'une telle équipe.

    Elle peut déposer aussitôt, sans attendre personne. Les équipes qui disent le même
    établissement apprennent qu'elle existe, et peuvent la reconnaître ; rien d'autre ne les lie.
    """
    identifiant = rules.chiffres(identifiant)
    exiger(rules.controle_de_l_identifiant(pays=pays, identifiant=identifiant))
    nature = nature or rules.nature_de_l_entreprise(pays=pays, identifiant=identifiant)
    # Deux envois du même formulaire ne fondent qu'une équipe.
    utilisateur = verrouiller(utilisateur)
    du_meme_lieu = queries.membres_de(utilisateur).filter(
        equipe__nature=nature, equipe__pays=pays, equipe__identifiant=identifiant
    )
    deja = du_meme_lieu.first()
    if deja:
        return deja
    du_reseau = _exiger_peu_d_equipes(utilisateur, reseau, maintenant=maintenant)
    lieu = lieu or Lieu()
    equipe = Equipe.objects.create(
        nature=nature,
        pays=pays,
        identifiant=identifiant,
        numero_d_entreprise=rules.numero_d_entreprise(nature=nature, identifiant=identifiant),
        nom=nom.strip(),
        adresse=lieu.adresse,
        code_postal=lieu.code_postal,
        fondee_le=maintenant,
    )
    membre = Membre.objects.create(equipe=equipe, utilisateur=utilisateur, depuis_le=maintenant)
    journaliser(
        "membre.inscrire",
        sujet=membre.reference,
        par=par,
        le=maintenant,
        donnees={
            "etablissement": identifiant,
            "equipe": equipe.reference,
            "personne": utilisateur.reference,
        },
    )
    if rules.doit_prevenir(du_reseau=du_reseau):
        demander_aux_equipes_presentes(membre, maintenant=maintenant)
        prevenues = queries.demandes_de(utilisateur).values_list("equipe", flat=True)
        evenements.publier(
            EquipeFondee(equipe=equipe, prevenues=frozenset(prevenues), le=maintenant)
        )
    return membre


def _exiger_peu_d_equipes(utilisateur: Utilisateur, reseau: str, *, maintenant: datetime) -> int:
    """Rend combien d'équipes ce réseau a déjà fondées aujourd'hui."""
    minuit = maintenant.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    du_reseau = compter_une_fondation(reseau, maintenant=maintenant)
    exiger(
        rules.peut_fonder(
            fondees_aujourd_hui=queries.fondees_par(utilisateur, depuis=minuit),
            du_reseau=du_reseau,
        )
    )
    return du_reseau


@transaction.atomic
def presenter(*, membre: Membre, taille: str, code_postal: str, maintenant: datetime) -> Equipe:
    """Garde ce que l'équipe dit de son entreprise. Lève `ConflitEtat` pour qui l'a quittée."""
    membre = verrouiller(membre, avec=("equipe", "utilisateur"))
    if membre.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    equipe = membre.equipe
    if (equipe.taille, equipe.code_postal) == (taille, code_postal):
        return equipe
    equipe.taille, equipe.code_postal = taille, code_postal
    equipe.save(update_fields=["taille", "code_postal"])
    journaliser(
        "entreprise.presenter",
        sujet=equipe.reference,
        par=membre.utilisateur.acteur,
        le=maintenant,
        donnees={"taille": taille, "code_postal": code_postal},
    )
    return equipe


@transaction.atomic
def reunir(*, seule: Membre, avec: Membre, maintenant: datetime) -> Equipe:
    """La personne partage avec ses collègues ce qu'elle avait fait seule, avant eux.

    Elle seule le décide : être reconnue ne donne à personne ce qu'elle a déposé avant. Ce qui
    est réuni ne se sépare plus.
    """
    seule = verrouiller(seule, avec=("equipe", "utilisateur"), aussi=("equipe",))
    avec = verrouiller(avec, avec=("equipe",))
    exiger(
        rules.peut_reunir(
            la_meme_personne=seule.utilisateur_id == avec.utilisateur_id,
            en_cours=not (seule.jusqu_au or avec.jusqu_au),
            le_meme_etablissement=seule.equipe.identifiant == avec.equipe.identifiant,
            toujours_seule=not seule.equipe.membres.exclude(pk=seule.pk).exists(),
        )
    )
    equipe = seule.equipe
    finir_l_appartenance(membre=seule, par=seule.utilisateur.acteur, maintenant=maintenant)
    deja_reunies = Equipe.objects.filter(reunie_a=equipe)
    deja_reunies.update(reunie_a=avec.equipe)
    equipe.reunie_a, equipe.reunie_le = avec.equipe, maintenant
    equipe.save(update_fields=["reunie_a", "reunie_le"])
    journaliser(
        "equipe.reunir",
        sujet=equipe.reference,
        par=seule.utilisateur.acteur,
        le=maintenant,
        donnees={"a": avec.equipe.reference},
    )
    return equipe
