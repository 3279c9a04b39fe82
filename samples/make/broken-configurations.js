export const listBrokenConfigurations = () => ({});
