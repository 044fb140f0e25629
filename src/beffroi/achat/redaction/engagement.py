"""L'acte d'engagement : ce que l'entreprise promet, à quel prix, et qui signe à la fin."""

from beffroi.achat.redaction import candidat, mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement import acheteur, duree, execution, offre
from beffroi.achat.redaction.reglement.prix import evolution
from formats.document import Cases, Chapitre, Formulaire, SousTitre, Tableau, a_completer, phrase

_SOUS_TRAITANTS = 2  # lignes vides, que l'on peut ajouter
_MONTANTS = (
    "Montant hors taxes, en euros",
    "Taux de TVA",
    "Montant toutes taxes comprises, en euros",
    "Montant TTC en lettres",
)


def chapitres(faits: Faits) -> tuple[Chapitre, ...]:
    return (
        chapitre("L'objet", objet(faits)),
        chapitre("L'acheteur", acheteur.identite(faits), acheteur.groupement_de_commandes(faits)),
        chapitre(
            "L'entreprise", candidat.identite(""), candidat.seul_ou_groupement(), candidat.membres()
        ),
        chapitre(
            "L'engagement", promesse(faits), offre.validite(faits, "L'offre engage l'entreprise")
        ),
        chapitre("Le prix", prix(faits), evolution(faits), tranches_et_options(faits)),
        chapitre("La durée", duree.duree(faits), duree.debut(faits), duree.reconductions(faits)),
        *paiement(faits),
        chapitre("Les signatures", signatures(faits)),
    )


def objet(faits: Faits) -> Blocs:
    fin = "" if not faits.lots else " Remplissez un document par lot."
    return (
        dire(f"Ce document engage l'entreprise pour : {mots.phrase_finie(faits.achat.titre)}{fin}"),
        *candidat.lots(faits, "Lot concerné (un seul) :"),
    )


def promesse(faits: Faits) -> Blocs:
    return (
        dire(
            "L'entreprise, ou le groupement, a lu le règlement et toutes les pièces du dossier. "
            f"Elle s'engage à exécuter {faits.contrat} comme ces pièces le prévoient, "
            "aux conditions de son offre."
        ),
    )


def prix(faits: Faits) -> Blocs:
    """Un prix forfaitaire s'écrit ici ; des prix unitaires sont dans le bordereau."""
    if faits.est_une_concession:
        return (
            dire(
                "Les tarifs, les redevances et les comptes prévisionnels sont ceux de "
                "l'offre de l'entreprise."
            ),
        )
    forme = faits.achat.execution.forme_de_prix
    if not forme:
        return (
            dire(
                "Forme du prix : ",
                a_completer("execution.forme_de_prix", "forfaitaire, unitaire ou mixte"),
                ".",
            ),
        )
    fondement = (ccp("R. 2112-6"),)
    unitaires = (
        "Les prix unitaires sont ceux du bordereau des prix. "
        "Ils s'appliquent aux quantités réellement exécutées."
    )
    return {
        "forfaitaire": (
            dire("Le prix est forfaitaire.", selon=fondement),
            Formulaire("Prix forfaitaire", _MONTANTS),
        ),
        "unitaire": (dire(unitaires, selon=fondement),),
        "mixte": (
            dire(
                "Une part du prix est forfaitaire. Le reste est payé selon des prix unitaires.",
                selon=fondement,
            ),
            Formulaire("Part forfaitaire", _MONTANTS),
            dire(unitaires),
        ),
    }[forme]


def tranches_et_options(faits: Faits) -> Blocs:
    """Un prix par tranche et par prestation supplémentaire, s'il y en a."""
    execution_prevue = faits.achat.execution
    blocs: Blocs = RIEN
    if execution_prevue.tranches:
        champs = tuple(
            f"{tranche.intitule}, montant hors taxes" for tranche in execution_prevue.tranches
        )
        blocs += (Formulaire("Prix de chaque tranche", champs),)
    if execution_prevue.prestations_supplementaires:
        champs = tuple(
            f"{p.intitule}, montant hors taxes"
            for p in execution_prevue.prestations_supplementaires
        )
        blocs += (Formulaire("Prix de chaque prestation supplémentaire", champs),)
    return blocs


def paiement(faits: Faits) -> tuple[Chapitre, ...]:
    if faits.est_une_concession:
        return ()
    compte = Formulaire("Compte à créditer", ("Titulaire du compte", "IBAN", "BIC"))
    choix = Cases(
        (phrase("l'entreprise demande l'avance ;"), phrase("l'entreprise renonce à l'avance."))
    )
    titre = "Le paiement et la sous-traitance"
    return (
        chapitre(
            titre,
            execution.paiement(faits),
            (compte,),
            execution.avance(faits),
            (choix,),
            sous_traitance(faits),
        ),
    )


def sous_traitance(faits: Faits) -> Blocs:
    if faits.achat.prestation == "fournitures":
        return RIEN
    vide = phrase()
    return (
        SousTitre("La sous-traitance"),
        dire(
            "Pour chaque sous-traitant, joignez sa déclaration : "
            "elle dit ses conditions de paiement, "
            "et qu'il n'est pas exclu.",
            selon=(ccp("R. 2193-1"),),
        ),
        Tableau(
            legende="Les sous-traitants déclarés",
            entetes=("Entreprise et SIRET", "Ce qu'elle exécute", "Montant maximal"),
            lignes=((vide, vide, vide),) * _SOUS_TRAITANTS,
            largeurs=(3, 3, 2),
        ),
    )


def signatures(faits: Faits) -> Blocs:
    champs = ("Nom et qualité", "Lieu et date", "Signature")
    exigee = faits.achat.signature.exigee_au_depot
    debut = (
        "Signez ce document avant de le déposer."
        if exigee
        else "Ne signez rien au dépôt. La signature vient à la fin."
    )
    return (
        dire(debut, selon=faits.selon(marche=(ccp("R. 2182-3"),), concession=(ccp("R. 3125-5"),))),
        Formulaire("L'entreprise, ou le mandataire du groupement", champs, 2),
        Formulaire(mots.majuscule(faits.acheteur), champs, 2),
    )
