"""Qui entre où : tout le monde teste son poste, sans compte."""

from tests.architecture.adresses import Adresse, connexion, publique, reserve_a_l_exploitant

ADRESSES = {
    "essai:diagnostic": Adresse(publique()),
    "essai:envoi": Adresse(
        publique(), methodes=("post",), type_de_contenu="application/octet-stream"
    ),
    "essai:attestation": Adresse(
        publique(), methodes=("post",), type_de_contenu="application/json"
    ),
    # Sans adresse d'essai, la page dit que l'espace ne répond pas ; le reste n'existe que là-bas.
    "essai:depot": Adresse(publique()),
    "essai:entrer": Adresse(publique(404), methodes=("post",)),
    "essai:ecole": Adresse(reserve_a_l_exploitant()),
    "essai:entrer_a_l_ecole": Adresse(
        publique(404),
        arguments=lambda _: {"jeton": "invente"},
        absents=lambda _: {"jeton": "autre"},
    ),
    "essai:commencer_la_classe": Adresse(publique(404), methodes=("post",)),
    "essai:courriels": Adresse(connexion(404)),
    "essai:ouverte": Adresse(
        connexion(404),
        arguments=lambda _: {"reference": "D-2020-00001"},
        absents=lambda _: {"reference": "D-2020-00002"},
    ),
}
