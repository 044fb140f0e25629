"""Un réglage que la plateforme ne sait pas lire : mieux vaut ne pas démarrer, et dire lequel."""


class ReglageIllisible(ValueError):
    """Une variable d'environnement n'a pas la forme attendue."""
