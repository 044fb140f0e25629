"""Du projet au besoin que les seuils jugent."""

from beffroi.achat.controles.rules.faits import Projet
from droit.regime import Besoin, LotDuBesoin


def besoin_du_projet(projet: Projet) -> Besoin | None:
    """Le besoin, à la date des tables ; rien si le montant n'est pas estimé."""
    achat = projet.achat
    if achat.valeur_estimee is None:
        return None
    accord = achat.execution.accord_cadre
    return Besoin(
        prestation=achat.prestation,
        montant_ht=achat.valeur_estimee,
        jour=projet.droit.jour,
        contrat=achat.contrat,
        type_d_acheteur=achat.acheteur.type_d_acheteur,
        collectivite_territoriale=achat.acheteur.collectivite_territoriale,
        duree_en_mois=achat.execution.duree_totale_en_mois,
        lots=tuple(
            LotDuBesoin(numero=lot.numero, montant_ht=lot.montant_estime)
            for lot in achat.allotissement.lots
            if lot.montant_estime is not None
        ),
        services_sociaux_ou_specifiques=achat.services_sociaux_ou_specifiques,
        maitrise_d_oeuvre=achat.maitrise_d_oeuvre,
        accord_cadre=accord is not None,
        accord_cadre_sans_maximum=bool(
            accord and accord.maximum_en_valeur is None and not accord.maximum_en_quantite.strip()
        ),
    )
